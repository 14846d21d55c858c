using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>The words that the reader gives, against those of the HTML that the CommonMark specification expects.</summary>
public sealed partial class CommonMarkTests
{
    /// <summary>
    /// The examples that differ do so on purpose or in broken HTML: front matter (96), unclosed tags and scripts (150 to 180), tags kept as type arguments (203, 615),
    /// list numbers that this test takes away from text (268, 291, 315), comments (628).
    /// </summary>
    [Fact]
    public async Task Words_of_the_examples_are_those_of_their_HTML()
    {
        var spec = (await File.ReadAllTextAsync(SharedData.Require("vectors-commonmark/spec.txt"))).ReplaceLineEndings("\n").Replace('→', '\t');
        var examples = Example().Matches(spec);

        var different = new List<int>();
        for (var i = 0; i < examples.Count; i++)
        {
            var markdown = Encoding.UTF8.GetBytes(examples[i].Groups["markdown"].Value);
            var document = await new MarkdownReader().ReadAsync(new MemoryStream(markdown), "a");
            DocumentPromises.Check(document);
            if (WordsOfHtml(examples[i].Groups["html"].Value) != Words(Number().Replace(document.Text, "")))
            {
                different.Add(i + 1);
            }
        }

        Assert.True(examples.Count >= 650 && different.Count <= 15, $"{different.Count} of {examples.Count}: {string.Join(", ", different)}");
    }

    private static string WordsOfHtml(string html)
    {
        var text = Block().Replace(Hidden().Replace(Image().Replace(html, "${alt}"), ""), " ");
        return Words(WebUtility.HtmlDecode(Tag().Replace(text, "")));
    }

    private static string Words(string text) => string.Join(' ', Word().Matches(text));

    [GeneratedRegex("^`{32} example\n(?<markdown>.*?)^\\.\n(?<html>.*?)^`{32}$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("<img[^>]*alt=\"(?<alt>[^\"]*)\"[^>]*>")]
    private static partial Regex Image();

    [GeneratedRegex("<!--.*?-->|<script.*?</script>|<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</?(p|li|h\d|br|hr|pre|blockquote|ol|ul|td|tr|div|table)\b[^>]*>")]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\d+[.)] ", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
