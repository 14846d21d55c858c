namespace Rag.Enrichment;

/// <summary>The enrichers of documents that need no model, by the names that the command line and settings use.</summary>
public static class DocumentEnrichers
{
    private static readonly (string Name, Func<IDocumentEnricher> Create)[] All =
    [
        ("title", () => new TitleEnricher()), ("language", () => new LanguageEnricher()), ("date", () => new DateEnricher()), ("keywords", () => new KeywordEnricher()), ("summary", () => new SummaryEnricher()), ("duplicates", () => new SignatureEnricher()), ("pii", () => new PersonalDataEnricher()),
    ];

    /// <summary>The names, in the order in which they run.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>The enricher of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static IDocumentEnricher Create(string name) => All.FirstOrDefault(e => e.Name == name).Create is { } create
        ? create()
        : throw new ArgumentException($"There is no enricher '{name}'. Names: {string.Join(", ", Names)}.", nameof(name));
}
