using System.Globalization;
using System.Text;

namespace Rag.Quality.Formats;

/// <summary>A large file of each text format, made of the same texts.</summary>
internal static class LargeTexts
{
    private const int PerPart = 20;

    public static IEnumerable<(string Name, string Text)> All(string[] texts)
    {
        yield return ("large.cs", Parts(texts, (i, part) => $"/// <summary>Class {i}.</summary>\npublic sealed class C{i}\n{{\n{Each(part, (j, text) => $"    // {text}\n    public int F{j}(int x)\n    {{\n        return x + {j};\n    }}\n\n")}}}\n\n"));
        yield return ("large.py", Parts(texts, (i, part) => $"class C{i}:\n    \"\"\"Class {i}.\"\"\"\n\n{Each(part, (j, text) => $"    def f{j}(self, x):\n        # {text}\n        return x + {j}\n\n")}\n"));
        yield return ("large.json", $"[{string.Join(",\n", texts.Select((text, i) => $"  {{\"id\": {i}, \"remark\": \"{text}\", \"price\": {i % 997}.25}}"))}]");
        yield return ("large.xml", $"<shop>{Parts(texts, (i, part) => $"<list id=\"l{i}\">\n{Each(part, (j, text) => $"  <item id=\"{j}\"><remark>{text}</remark></item>\n")}</list>\n")}</shop>");
        yield return ("large.yaml", Parts(texts, (i, part) => $"list{i}:\n{Each(part, (j, text) => $"  - id: {j}\n    remark: {text}\n")}"));
        yield return ("large.log", Each(texts, (i, text) => $"2024-05-01 12:00:{i % 60:00} INFO {text}\n"));
        yield return ("large.ipynb", $"{{\"cells\": [{string.Join(",\n", texts.Chunk(PerPart).Select((part, i) => $"{{\"cell_type\": \"{(i % 2 == 0 ? "markdown" : "code")}\", \"source\": [{string.Join(", ", part.Select(text => $"\"{text}\\n\""))}], \"outputs\": []}}"))}]}}");
        yield return ("large.rss", $"<rss><channel><title>Large</title>{Parts(texts, (i, part) => $"<item><title>{i}</title><description>{Each(part, (_, text) => $"&lt;p&gt;{text}&lt;/p&gt;\n")}</description></item>\n")}</channel></rss>");
        yield return ("large.srt", Each(texts, (i, text) => $"{i + 1}\n{TimeSpan.FromSeconds(i):hh\\:mm\\:ss},000 --> {TimeSpan.FromSeconds(i):hh\\:mm\\:ss},900\n{text}\n\n"));
        yield return ("large.rst", Parts(texts, (i, part) => $"Part {i}\n========\n\n{Each(part, (j, text) => $"{(j % 2 == 0 ? "" : "- ")}{text} *x* ``y``.\n\n")}\n"));
        yield return ("large.adoc", Parts(texts, (i, part) => $"== Part {i}\n\n{Each(part, (j, text) => $"{(j % 2 == 0 ? "" : "* ")}{text} *x* `y`.\n\n")}"));
        yield return ("large.tex", $"\\begin{{document}}\n{Parts(texts, (i, part) => $"\\section{{Part {i}}}\n{Each(part, (j, text) => $"{text} \\emph{{x}} $y_{j}$.\n\n")}")}\\end{{document}}\n");
    }

    private static string Parts(string[] texts, Func<int, string[], FormattableString> part) => Each(texts.Chunk(PerPart).ToArray(), part);

    private static string Each<T>(T[] items, Func<int, T, FormattableString> one)
    {
        var all = new StringBuilder();
        for (var i = 0; i < items.Length; i++)
        {
            all.Append(one(i, items[i]).ToString(CultureInfo.InvariantCulture));
        }

        return all.ToString();
    }
}
