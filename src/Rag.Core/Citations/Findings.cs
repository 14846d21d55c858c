using System.Globalization;

namespace Rag.Citations;

/// <summary>Says what is wrong with a sentence, for people and for a model that shall write it again.</summary>
internal static class Findings
{
    /// <summary>Why a claim is unsupported.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="nearest">What supports it best; <see langword="null"/> where no passage shares a word with it.</param>
    /// <param name="cited">Whether it names a passage.</param>
    public static string Of(Claim claim, Support? nearest, bool cited)
    {
        if (nearest is null)
        {
            return claim.Weights.Count == 0 ? "It says nothing that a passage could hold." : "No passage holds a word of it.";
        }

        var missing = Missing(claim, nearest);
        return nearest.Disagreement == Disagreement.None
            ? $"{(cited ? "The passages that it cites, and all others, lack" : "The passages lack")} {(missing.Length > 0 ? $"what it says of {missing}" : "part of what it says")}; the nearest is passage [{nearest.Number}]."
            : $"{Difference(claim, nearest)}: \"{Prompt.Shorten(Prompt.OnOneLine(nearest.Quotes[0].Quote), MaxQuote)}\"";
    }

    /// <summary>Why a claim whose words a quote holds is unsupported all the same.</summary>
    public static string Refused(Evidence quote) => $"The judge does not find it in passage [{quote.Passage.Number}]: \"{Prompt.Shorten(Prompt.OnOneLine(quote.Quote), MaxQuote)}\"";

    /// <summary>How a quote differs from a claim, up to the colon before the quote.</summary>
    public static string Difference(Claim claim, Support support) => support.Disagreement switch
    {
        Disagreement.Number => string.Create(CultureInfo.InvariantCulture, $"Passage [{support.Number}] does not give the number {Numbers(claim, support)} for this"),
        Disagreement.Name => $"Passage [{support.Number}] does not name {string.Join(", ", claim.Names.Where(name => !support.Quotes.Any(q => q.Names(name))).DefaultIfEmpty("the same"))} here",
        Disagreement.Order => $"Passage [{support.Number}] has the names the other way round",
        Disagreement.Opposite => $"Passage [{support.Number}] says the opposite",
        Disagreement.Strength => $"Passage [{support.Number}] says it less strongly",
        Disagreement.Denial => $"Passage [{support.Number}] and this sentence do not deny the same",
        _ => $"Passage [{support.Number}] says something else",
    };

    private const int MaxQuote = 300;
    private const int MaxWords = 6;

    private static string Numbers(Claim claim, Support support)
    {
        var held = support.Quotes.SelectMany(q => Quantities.In(q.Quote)).ToList();
        var said = Quantities.In(claim.Text);
        var lacking = said.Where(q => !held.Any(h => h.Value == q.Value && (q.Digits is null || h.Digits == q.Digits))).ToList();
        return string.Join(" or ", (lacking.Count > 0 ? lacking : said).Select(q => q.Span.Of(claim.Text)).Distinct(StringComparer.Ordinal));
    }

    private static string Missing(Claim claim, Support nearest) => string.Join(", ", claim.Weights
        .Where(w => !nearest.Quotes.Any(q => q.Terms.Contains(w.Key)))
        .OrderByDescending(w => w.Value)
        .Take(MaxWords)
        .Select(w => $"\"{claim.WordOf(w.Key)}\""));
}
