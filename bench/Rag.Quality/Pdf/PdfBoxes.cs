using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Rag.Ingest.Reading;

namespace Rag.Quality.Pdf;

/// <summary>Sampled quotes: do their words lie inside the boxes given for them? Checked against <c>pdftotext -bbox</c> (poppler).</summary>
internal static partial class PdfBoxes
{
    private const int Samples = 200;
    private const int Words = 8; // of a quote
    private const double Slack = 1; // points

    public static async Task MeasureAsync(string data, int seed, TextWriter output)
    {
        foreach (var folder in (string[])["qa-financebench/pdfs", "pdf/files"])
        {
            var files = Directory.EnumerateFiles(Path.Combine(data, folder), "*.pdf").Order(StringComparer.Ordinal).ToList();
            var random = new Random(seed);
            var (inside, outside, unknown, words, found) = (0, 0, 0, 0, 0);
            for (var sample = 0; sample < Samples; sample++)
            {
                var file = files[random.Next(files.Count)];
                if (await QuoteAsync(file, random) is not { } quote)
                {
                    sample--;
                    continue;
                }

                var theirs = await WordsAsync(file, quote.Boxes[0].Page);
                var (known, held) = (0, 0);
                foreach (var word in quote.Text.Split(' ').Select(Letters).Where(w => w.Length > 0))
                {
                    var places = theirs.Where(w => w.Text == word).ToList();
                    words++;
                    known += places.Count > 0 ? 1 : 0;
                    held += places.Any(p => quote.Boxes.Any(b => p.X > b.X0 - Slack && p.X < b.X1 + Slack && p.Y > b.Y0 - Slack && p.Y < b.Y1 + Slack)) ? 1 : 0;
                }

                found += known;
                (inside, outside, unknown) = known == 0 ? (inside, outside, unknown + 1) : held == known ? (inside + 1, outside, unknown) : (inside, outside + 1, unknown);
                if (held < known)
                {
                    output.WriteLine($"  outside: {Path.GetFileName(file)} page {quote.Boxes[0].Page}: {held} of {known} words of '{quote.Text}'");
                }
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pdf-boxes {folder}, seed {seed}: of {Samples} quotes {inside} inside, {outside} not, {unknown} without a word that poppler has on the page ({found} of {words} words known to it)"));
        }
    }

    private static async Task<Quote?> QuoteAsync(string file, Random random)
    {
        Document document;
        try
        {
            document = await DocumentReaders.Default.ReadFileAsync(file, "d");
        }
        catch (DocumentFormatException)
        {
            return null;
        }

        if (document.Boxes is not { Count: > Words } boxes)
        {
            return null;
        }

        var first = random.Next(boxes.Count - Words);
        var last = Enumerable.Range(first, Words).Last(i => boxes[i].Box.Page == boxes[first].Box.Page);
        var span = new TextSpan(boxes[first].Span.Start, boxes[last].Span.End);
        return new(string.Join(' ', Enumerable.Range(first, last - first + 1).Select(i => boxes[i].Span.Of(document.Text))), boxes.Within(span));
    }

    // each word with the middle of its box
    private static async Task<List<(string Text, double X, double Y)>> WordsAsync(string file, int page)
    {
        using var poppler = Process.Start(new ProcessStartInfo("pdftotext", ["-q", "-bbox", "-cropbox", "-f", $"{page}", "-l", $"{page}", file, "-"]) { RedirectStandardOutput = true })!;
        var html = await poppler.StandardOutput.ReadToEndAsync();
        await poppler.WaitForExitAsync();
        return [.. BoundWord().Matches(html).Select(m => (Letters(WebUtility.HtmlDecode(m.Groups[5].Value)), (Number(m, 1) + Number(m, 3)) / 2, (Number(m, 2) + Number(m, 4)) / 2))];
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Letters(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit));

    [GeneratedRegex("""<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</word>""")]
    private static partial Regex BoundWord();

    private sealed record Quote(string Text, IReadOnlyList<PageBox> Boxes);
}
