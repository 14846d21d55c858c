namespace Rag.Testing.Python;

/// <summary>A program with what it prints and results in, and how it fails; see programs.py beside the file of them.</summary>
public sealed record KnownProgram(string Name, string Source, string Output, string? Value, string? Error)
{
    public override string ToString() => Name;
}

/// <summary>Reads a file of programs with known results.</summary>
public static class ProgramFile
{
    public static IReadOnlyList<KnownProgram> Read(string path) => [.. File.ReadAllText(path).Split("### ").Skip(1).Select(Parse)];

    private static KnownProgram Parse(string block)
    {
        var (name, rest) = block.IndexOf('\n') is var end ? (block[..end], block[(end + 1)..]) : default;
        var parts = rest.Split("--- ");
        var results = parts.Skip(1).Select(p => p.Split('\n', 2)).ToDictionary(p => p[0], p => p[1][..^1]);
        return new(name, parts[0], results.GetValueOrDefault("output", ""), results.GetValueOrDefault("value"), results.GetValueOrDefault("error"));
    }
}
