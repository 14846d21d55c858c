namespace Rag.Llama.Templates.Jinja;

/// <summary>How much a template may ask for. Templates come out of downloaded files, so each of these is somebody's attack; real templates stay below a hundredth of them.</summary>
internal static class Limits
{
    /// <summary>Longest template, in characters. The longest published one known to us has 17 thousand.</summary>
    public const int TemplateLength = 1_000_000;

    /// <summary>Deepest nesting of statements, brackets, calls and macros together.</summary>
    public const int Depth = 250;

    /// <summary>Most steps of one rendering; a step is one node executed or some dozens of characters looked through.</summary>
    public const long Steps = 5_000_000;

    /// <summary>Longest text that may be built, the rendering included, in characters.</summary>
    public const int TextLength = 16_000_000;

    /// <summary>Most characters in all texts built during one rendering, a list element counting for sixteen.</summary>
    public const long Memory = 128_000_000;

    /// <summary>By how much steps and memory are divided for each of the small renderings that find out what a template does; fifty of them take no longer than one of a real conversation.</summary>
    public const int ProbeShare = 50;

    /// <summary>Most numbers in a range.</summary>
    public const int RangeLength = 100_000;
}
