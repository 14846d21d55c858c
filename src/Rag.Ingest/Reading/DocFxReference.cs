namespace Rag.Ingest.Reading;

/// <summary>A DocFX cross reference, such as <c>xref:System.Collections.Generic.List`1.Add(`0)</c>.</summary>
internal static class DocFxReference
{
    private const string Scheme = "xref:";

    /// <summary>The last part of the name, such as <c>Add</c>; <see langword="null"/> when <paramref name="url"/> is no cross reference.</summary>
    public static string? NameOf(string? url)
    {
        if (url is null || !url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = Uri.UnescapeDataString(url[Scheme.Length..]).AsSpan();
        var end = name.IndexOfAny("?#("); // query, fragment, parameters
        name = (end < 0 ? name : name[..end]).TrimEnd("*/.");
        name = name[(name.LastIndexOfAny('.', '/') + 1)..];
        var arity = name.IndexOf('`');
        return (arity > 0 ? name[..arity] : name).ToString();
    }
}
