namespace Rag.Ingest.Sources.Git;

/// <summary>A folder that Git manages: which commit and branch it is at, read from Git's own files without a process.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Commit">Hexadecimal digits of the commit at HEAD; empty where there is none yet, or where it is kept in a form that is not read (reftable).</param>
/// <param name="Branch">The branch; empty where HEAD is detached.</param>
/// <param name="Rules">What is ignored in all of it.</param>
internal sealed record WorkTree(string Root, string Commit, string Branch, IgnoreRules Rules)
{
    private const string HeadsFolder = "refs/heads/";

    // A reference to a reference to ...: Git gives up at five.
    private const int MaxReferences = 5;
    private const int MaxPackedRefs = 64 << 20;

    /// <summary>Whether Git manages that very folder.</summary>
    public static bool IsRoot(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    /// <summary>The work tree that a folder lies in; <see langword="null"/> where it lies in none.</summary>
    /// <exception cref="IOException">Git's files cannot be read.</exception>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static WorkTree? Of(string folder)
    {
        for (var root = folder; root is not null; root = Path.GetDirectoryName(root))
        {
            if (IsRoot(root) && GitFolder(root) is { } git)
            {
                var common = FirstLine(Path.Combine(git, "commondir")) is { Length: > 0 } shared ? Path.GetFullPath(Path.Combine(git, shared)) : git;
                var head = FirstLine(Path.Combine(git, "HEAD")) ?? "";
                var branch = head.StartsWith($"ref: {HeadsFolder}", StringComparison.Ordinal) ? head[$"ref: {HeadsFolder}".Length..] : "";
                return new(root, Resolve(head, git, common), branch, IgnoreRules.None(root).With(root, Path.Combine(common, "info", "exclude")));
            }
        }

        return null;
    }

    /// <summary>What is ignored in a folder of the tree, by the files of all folders down to it; not whether the folder itself is.</summary>
    /// <exception cref="InvalidDataException">A file is too large.</exception>
    public IgnoreRules RulesIn(string folder)
    {
        var (rules, path) = (Rules.With(Root, Path.Combine(Root, ".gitignore")), Root);
        foreach (var name in Path.GetRelativePath(Root, folder).Split(Path.DirectorySeparatorChar).Where(name => name != "."))
        {
            path = Path.Combine(path, name);
            rules = rules.With(path, Path.Combine(path, ".gitignore"));
        }

        return rules;
    }

    // In a linked work tree and a submodule, .git is a file that says where the folder lies.
    private static string? GitFolder(string root)
    {
        var place = Path.Combine(root, ".git");
        var folder = Directory.Exists(place) ? place : FirstLine(place) is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(root, line["gitdir: ".Length..])) : null;
        return folder is not null && File.Exists(Path.Combine(folder, "HEAD")) ? folder : null;
    }

    private static string Resolve(string value, string git, string common)
    {
        for (var i = 0; i < MaxReferences; i++)
        {
            if (!value.StartsWith("ref: ", StringComparison.Ordinal))
            {
                return value.Length is 40 or 64 && value.All(char.IsAsciiHexDigit) ? value.ToLowerInvariant() : "";
            }

            var name = value["ref: ".Length..];
            if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\\', StringComparison.Ordinal))
            {
                return ""; // a name is no path to wherever it likes
            }

            value = FirstLine(Path.Combine(git, name)) ?? FirstLine(Path.Combine(common, name)) ?? Packed(Path.Combine(common, "packed-refs"), name) ?? "";
        }

        return "";
    }

    private static string? Packed(string file, string name)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= MaxPackedRefs })
        {
            return null;
        }

        return File.ReadLines(file).FirstOrDefault(line => line.Length > 41 && line[0] is not ('#' or '^') && line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1).SequenceEqual(name))?.Split(' ')[0];
    }

    private static string? FirstLine(string file)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= 4096 })
        {
            return null;
        }

        return File.ReadLines(file).FirstOrDefault()?.TrimEnd();
    }
}
