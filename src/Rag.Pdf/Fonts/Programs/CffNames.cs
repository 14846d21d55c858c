namespace Rag.Pdf.Fonts.Programs;

/// <summary>The names and encodings that every CFF program may refer to (Adobe technical note 5176, appendices A to C), and the Macintosh's expert encoding (annex D.5), which has the same glyphs.</summary>
internal static class CffNames
{
    // Five lines of names with blanks between them; .notdef where a code has none.
    private static readonly Lazy<string[][]> Lists = new(() => [.. FontResource.Text("CffNames").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))]);

    /// <summary>The 391 standard strings, by string identifier.</summary>
    public static string[] Strings => Lists.Value[0];

    /// <summary>The glyphs of the predefined charsets other than the first, whose glyphs are the standard strings in order.</summary>
    public static string[] ExpertCharset => Lists.Value[1];

    public static string[] ExpertSubsetCharset => Lists.Value[2];

    /// <summary>Names by code.</summary>
    public static string[] ExpertEncoding => Lists.Value[3];

    public static string[] MacExpertEncoding => Lists.Value[4];
}
