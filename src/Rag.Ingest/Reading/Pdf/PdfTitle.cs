using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Pdf;

/// <summary>Tells titles that a person wrote from those that programs leave in files.</summary>
internal static partial class PdfTitle
{
    /// <summary>The file's own title where a person wrote it, else the heading, else <see langword="null"/>.</summary>
    /// <param name="own">What the file says.</param>
    /// <param name="heading">The first main heading on the first page.</param>
    public static string? Of(string? own, string? heading)
    {
        var title = TextCleaning.OneLine(own ?? "");
        return title.Any(char.IsLetter) && !LeftByProgram().IsMatch(title) ? title : heading;
    }

    // the program before the name of the file, an empty form of a program, the name of a file
    [GeneratedRegex(@"^Microsoft \w+ - |^(PowerPoint Presentation|(Document|Presentation|Slide|Untitled|No title|Title)[\s\d-]*)$|\.(docx?|xlsx?|pptx?|odt|rtf|indd|qxd|tex|dvi|ps|pdf|fm|pub|html?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeftByProgram();
}
