using System.Globalization;

namespace Rag.Llama.Gguf;

/// <summary>Finds the other files of a model that was published in parts named <c>name-00001-of-00003.gguf</c>.</summary>
internal static class GgufSplit
{
    private const string CountKey = "split.count";
    private const string NumberKey = "split.no";
    private const string TensorsKey = "split.tensors.count";

    /// <summary>The parts in order, the given one first.</summary>
    public static IReadOnlyList<GgufPart> ReadAll(GgufPart first)
    {
        var count = first.Metadata.WholeNumber(CountKey) ?? 0;
        if (count is < 0 or > ushort.MaxValue)
        {
            throw Wrong(first.Path, CountKey, $"is {count}, but at most {ushort.MaxValue} parts can be");
        }

        if (count <= 1)
        {
            return [first];
        }

        if (first.Metadata.WholeNumber(NumberKey) is not 0)
        {
            throw new GgufException(first.Path, $"it is part {first.Metadata.WholeNumber(NumberKey) + 1} of {count} of a model: open the first part.") { Key = NumberKey };
        }

        return Complete(first, (int)count);
    }

    private static List<GgufPart> Complete(GgufPart first, int count)
    {
        var suffix = Suffix(0, count);
        if (!first.Path.EndsWith(suffix, StringComparison.Ordinal))
        {
            throw new GgufException(first.Path, $"it is the first part of {count}, but its name does not end in '{suffix}', so llama.cpp cannot find the others: name all parts as they were published.");
        }

        var stem = first.Path[..^suffix.Length];
        var parts = new List<GgufPart> { first };
        for (var i = 1; i < count; i++)
        {
            var path = stem + Suffix(i, count);
            if (!File.Exists(path))
            {
                throw new GgufException(first.Path, $"it is the first part of {count}, but part {i + 1} is not beside it: download '{Path.GetFileName(path)}' too.");
            }

            using var stream = GgufFile.Open(path);
            var part = GgufPart.Read(stream, path);
            parts.Add(part.Metadata.WholeNumber(NumberKey) == i ? part : throw Wrong(path, NumberKey, $"is {part.Metadata.WholeNumber(NumberKey)?.ToString(CultureInfo.InvariantCulture) ?? "missing"}, but by its name it is {i}"));
        }

        var tensors = parts.Sum(p => p.Tensors.Count);
        return first.Metadata.WholeNumber(TensorsKey) is not { } expected || expected == tensors
            ? parts
            : throw Wrong(first.Path, TensorsKey, $"is {expected}, but the {count} parts have {tensors} tensors");
    }

    private static string Suffix(int index, int count) => string.Create(CultureInfo.InvariantCulture, $"-{index + 1:D5}-of-{count:D5}.gguf");

    private static GgufException Wrong(string path, string key, string what) => new(path, $"the metadata key '{key}' {what}: download all parts again.") { Key = key };
}
