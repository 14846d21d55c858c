using Rag.Pdf.Content;
using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Tests.Content;

/// <summary>Pages written for a test and read with made-up fonts, so that every position can be computed by hand.</summary>
/// <remarks>Fonts: F, every byte a letter of Latin-1 half an em wide, ascent 0.8, descent -0.2; V, the same vertical, one em down, its origin at (0.25, 0.9); M, the same as F without text.</remarks>
internal static class ShownPage
{
    public const string Box = "/MediaBox [0 0 200 100]";

    /// <summary>The only page of a document.</summary>
    public static PageContent Of(string content, string resources = "", string entries = Box, Func<PdfWriter, string>? more = null) => Of(out _, content, resources, entries, more);

    public static PageContent Of(out PdfWarnings warnings, string content, string resources = "", string entries = Box, Func<PdfWriter, string>? more = null)
    {
        var pdf = new PdfWriter();
        resources += more?.Invoke(pdf);
        pdf.AddPage(content, $"{Fonts(pdf)} {resources}", entries);
        warnings = new();
        return Reader(pdf.ToBytes(), warnings).Read(1, TestContext.Current.CancellationToken);
    }

    /// <summary>Entries of resources with the fonts.</summary>
    public static string Fonts(PdfWriter pdf) => $"/Font << /F {pdf.AddFont("F")} 0 R /V {pdf.AddFont("V")} 0 R /M {pdf.AddFont("M")} 0 R >>";

    public static PageReader Reader(byte[] bytes, PdfWarnings? warnings = null)
    {
        warnings ??= new();
        return new(PdfFile.Open(bytes, new(), warnings), warnings, dictionary => new HalfEmFont(dictionary.Name("BaseFont") ?? ""));
    }

    /// <summary>Letters that are not hidden, in order.</summary>
    public static string Text(this PageContent page) => string.Concat(page.Letters.Where(l => (l.Flags & LetterFlags.Hidden) == 0).Select(l => l.Text));

    /// <summary>All letters, in order.</summary>
    public static string AllText(this PageContent page) => string.Concat(page.Letters.Select(l => l.Text));

    /// <summary>Where the baseline begins.</summary>
    public static (float X, float Y) Place(this Letter letter) => (Rounded(letter.X), Rounded(letter.Y));

    public static (float X0, float Y0, float X1, float Y1) Around(this Letter letter) => (Rounded(letter.X0), Rounded(letter.Y0), Rounded(letter.X1), Rounded(letter.Y1));

    public static (float X0, float Y0, float X1, float Y1) Around(this Rectangle box) => (Rounded(box.X0), Rounded(box.Y0), Rounded(box.X1), Rounded(box.Y1));

    private static float Rounded(float value) => MathF.Round(value, 2);

    private sealed class HalfEmFont : PdfFont
    {
        private readonly bool _isMute;

        public HalfEmFont(string name)
        {
            Name = name;
            IsVertical = name == "V";
            Ascent = 0.8f;
            Descent = -0.2f;
            _isMute = name == "M";
        }

        public override int Read(ReadOnlySpan<byte> text, out FontGlyph glyph)
        {
            glyph = new(_isMute ? "" : ((char)text[0]).ToString(), 0.5f) { IsWordSpace = text[0] == ' ', VerticalAdvance = -1, OriginX = 0.25f, OriginY = 0.9f };
            return 1;
        }
    }
}
