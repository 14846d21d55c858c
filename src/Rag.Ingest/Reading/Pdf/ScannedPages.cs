namespace Rag.Ingest.Reading.Pdf;

/// <summary>Says which pages have no text.</summary>
internal static class ScannedPages
{
    /// <summary>One warning that lists the pages, such as <c>3-5, 9</c>; none where there are none.</summary>
    /// <param name="pages">1-based, ascending.</param>
    public static IEnumerable<string> Warning(IReadOnlyList<int> pages) => pages.Count switch
    {
        0 => [],
        1 => [$"Page {pages[0]} is a scanned image without text. Recognize it before, or give the reader an IPageRecognizer."],
        _ => [$"Pages {Ranges(pages)} are scanned images without text. Recognize them before, or give the reader an IPageRecognizer."],
    };

    private static string Ranges(IReadOnlyList<int> pages)
    {
        var ranges = new List<string>();
        for (var i = 0; i < pages.Count; i++)
        {
            var first = pages[i];
            while (i + 1 < pages.Count && pages[i + 1] == pages[i] + 1)
            {
                i++;
            }

            ranges.Add(first == pages[i] ? $"{first}" : $"{first}-{pages[i]}");
        }

        return string.Join(", ", ranges);
    }
}
