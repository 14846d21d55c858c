namespace Rag.Ingest.Sources.Git;

/// <summary>A folder in a work tree.</summary>
/// <param name="Tree">The work tree.</param>
/// <param name="Rules">What Git leaves out of the folder.</param>
internal sealed record TreeFolder(WorkTree Tree, IgnoreRules Rules)
{
    /// <summary>The folder, if it lies in a work tree.</summary>
    /// <exception cref="IOException">Git's files cannot be read.</exception>
    /// <exception cref="InvalidDataException">They are damaged, or too large.</exception>
    public static TreeFolder? Of(string folder) => WorkTree.Of(folder) is { } tree ? new(tree, tree.RulesIn(folder)) : null;

    /// <summary>A folder in this one: in the same work tree, or the root of one of its own, such as a submodule.</summary>
    /// <exception cref="IOException">Git's files cannot be read.</exception>
    /// <exception cref="InvalidDataException">They are damaged, or too large.</exception>
    public TreeFolder Below(string folder) =>
        (WorkTree.IsRoot(folder) ? Of(folder) : null) ?? this with { Rules = Rules.With(folder, Path.Combine(folder, ".gitignore")) };
}
