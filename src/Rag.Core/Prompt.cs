using System.Reflection;

namespace Rag;

/// <summary>What every prompt needs: its instructions, and borders that the text of documents and users cannot cross.</summary>
internal static class Prompt
{
    /// <summary>The instructions in the resource <c>name.txt</c> of an assembly, by default this one, with line feeds.</summary>
    public static string Read(string name, Assembly? assembly = null)
    {
        using var reader = new StreamReader((assembly ?? typeof(Prompt).Assembly).GetManifestResourceStream($"Rag.Prompts.{name}.txt")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }

    /// <summary>A border that stands in none of the texts, so that no text can end its own part of a prompt and begin another.</summary>
    public static string Fence(IEnumerable<string> texts, string border = "=====")
    {
        var held = texts.ToArray();
        var fence = border;
        for (var number = 1; held.Any(text => text.Contains(fence, StringComparison.Ordinal)); number++)
        {
            fence = $"{border}{number}";
        }

        return fence;
    }

    /// <summary>The words with single blanks between them: a line break could forge a line of ours.</summary>
    public static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The text, or its beginning, if possible up to a blank, where it is longer than <paramref name="length"/> UTF-16 code units.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var blank = text.LastIndexOf(' ', length);
        return text[..(blank > length / 2 ? blank : char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
