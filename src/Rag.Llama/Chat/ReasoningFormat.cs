namespace Rag.Llama.Chat;

/// <summary>How a model marks what it thinks before it answers.</summary>
public sealed class ReasoningFormat
{
    private readonly string? _opener;

    private ReasoningFormat(string name, string? opener, params IReadOnlyList<Region> regions)
    {
        Name = name;
        _opener = opener;
        Regions = regions;
    }

    /// <summary><c>&lt;think&gt;...&lt;/think&gt;</c>: DeepSeek, Qwen, SmolLM and most others.</summary>
    public static ReasoningFormat ThinkTags { get; } = Tags("think tags", "<think>", "</think>");

    /// <summary><c>[THINK]...[/THINK]</c>: Mistral.</summary>
    public static ReasoningFormat ThinkBrackets { get; } = Tags("think brackets", "[THINK]", "[/THINK]");

    /// <summary><c>&lt;seed:think&gt;...&lt;/seed:think&gt;</c>: Seed-OSS.</summary>
    public static ReasoningFormat SeedTags { get; } = Tags("seed tags", "<seed:think>", "</seed:think>");

    /// <summary><c>&lt;|START_THINKING|&gt;...&lt;|END_THINKING|&gt;</c>, then the answer between markers of its own: Command R7B and later.</summary>
    public static ReasoningFormat Command { get; } = new(
        "command",
        "<|START_THINKING|>",
        new Region.Reasoning("<|START_THINKING|>", "<|END_THINKING|>"),
        new Region.Silent("<|START_RESPONSE|>"),
        new Region.Silent("<|END_RESPONSE|>"),
        new Region.Silent("<|START_TEXT|>"),
        new Region.Silent("<|END_TEXT|>"));

    /// <summary>Channels: <c>analysis</c> is reasoning, <c>final</c> the answer: gpt-oss.</summary>
    public static ReasoningFormat Harmony { get; } = new(
        "harmony",
        null,
        new Region.Reasoning("<|channel|>analysis<|message|>", "<|end|>", "<|return|>"),
        new Region.Silent("<|channel|>final<|message|>"),
        new Region.Silent("<|channel|>commentary<|message|>"),
        new Region.Silent("<|start|>assistant"),
        new Region.Silent("<|end|>"),
        new Region.Silent("<|return|>"));

    private static IReadOnlyList<(string Sign, ReasoningFormat Format)> Signs { get; } =
    [
        ("<|channel|>", Harmony),
        ("[THINK]", ThinkBrackets),
        ("<|START_THINKING|>", Command),
        ("<seed:think>", SeedTags),
    ];

    /// <summary>What the format is called, in words.</summary>
    public string Name { get; }

    internal IReadOnlyList<Region> Regions { get; }

    /// <summary>The format that a template speaks of; <see cref="ThinkTags"/> where it speaks of none, which harms nobody who does not write them.</summary>
    public static ReasoningFormat ForTemplate(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Signs.FirstOrDefault(s => source.Contains(s.Sign, StringComparison.Ordinal)).Format ?? ThinkTags;
    }

    /// <summary>The reasoning that the end of a prompt has opened already, so that the model begins inside it; null where it has not.</summary>
    internal Region.Reasoning? OpenedBy(string prompt) =>
        _opener is not null && prompt.AsSpan().TrimEnd().EndsWith(_opener, StringComparison.Ordinal) ? Regions.OfType<Region.Reasoning>().First() : null;

    private static ReasoningFormat Tags(string name, string open, string close) => new(name, open, new Region.Reasoning(open, close));
}
