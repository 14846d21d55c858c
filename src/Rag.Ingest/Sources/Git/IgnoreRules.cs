using System.Text;

namespace Rag.Ingest.Sources.Git;

/// <summary>What Git leaves out of a folder and below: the patterns of its file and those of the folders above. Immutable.</summary>
internal sealed class IgnoreRules
{
    // What is longer is not written by people, and each pattern is compared with each path.
    private const int MaxBytes = 1 << 20;
    private const int MaxPatterns = 10_000;

    private readonly IgnoreRules? _above;
    private readonly string _folder;
    private readonly IReadOnlyList<IgnorePattern> _patterns;

    private IgnoreRules(IgnoreRules? above, string folder, IReadOnlyList<IgnorePattern> patterns) => (_above, _folder, _patterns) = (above, folder, patterns);

    /// <summary>Nothing is left out below a folder.</summary>
    public static IgnoreRules None(string folder) => new(null, folder, []);

    /// <summary>These with the patterns of a file.</summary>
    /// <param name="folder">Full path of the folder below which they hold.</param>
    /// <param name="file">The file; one that is not there or a link changes nothing.</param>
    /// <exception cref="InvalidDataException">It is larger than 1 MB or has more than 10,000 patterns.</exception>
    public IgnoreRules With(string folder, string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.LinkTarget is not null) // Git does not follow links here either
        {
            return this;
        }

        if (info.Length > MaxBytes)
        {
            throw new InvalidDataException($"{file} has {info.Length:N0} bytes, more than the {MaxBytes:N0} that are read.");
        }

        var patterns = File.ReadAllText(file, Encoding.UTF8).Split('\n').Select(line => IgnorePattern.Parse(line.EndsWith('\r') ? line[..^1] : line)).OfType<IgnorePattern>().ToArray();
        return patterns.Length <= MaxPatterns
            ? new(this, folder, patterns)
            : throw new InvalidDataException($"{file} has {patterns.Length:N0} patterns, more than the {MaxPatterns:N0} that are compared.");
    }

    /// <summary>Whether Git leaves it out, given that the folders above it are not: the last pattern that matches counts, those of the nearest file first.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignores(string path, bool isFolder)
    {
        for (var rules = this; rules is not null; rules = rules._above)
        {
            var below = Encoding.UTF8.GetBytes(Path.GetRelativePath(rules._folder, path).Replace(Path.DirectorySeparatorChar, '/'));
            for (var i = rules._patterns.Count - 1; i >= 0; i--)
            {
                if (rules._patterns[i].Matches(below, isFolder))
                {
                    return !rules._patterns[i].IsNegated;
                }
            }
        }

        return false;
    }
}
