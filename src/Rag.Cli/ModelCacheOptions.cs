using System.CommandLine;
using Rag.Llama;
using Rag.Llama.Models;

namespace Rag.Cli;

/// <summary>The options that say which models have names and where they are kept.</summary>
internal sealed class ModelCacheOptions
{
    private readonly Option<string?> _folder = new("--models") { Description = "Folder of downloaded models; by default rag/models in the platform's folder for caches.", HelpName = "FOLDER" };

    private readonly Option<string?> _catalogue = new("--catalogue") { Description = "JSON file with models of your own, in place of the built-in catalogue.", HelpName = "FILE" };

    public IEnumerable<Option> All => [_folder, _catalogue];

    /// <summary>The models that have names.</summary>
    /// <exception cref="LlamaException">The file is no catalogue.</exception>
    public ModelCatalog Catalogue(ParseResult parsed)
    {
        if (parsed.GetValue(_catalogue) is not { Length: > 0 } file)
        {
            return ModelCatalog.BuiltIn();
        }

        using var json = File.OpenRead(file);
        return ModelCatalog.Read(json);
    }

    /// <summary>The folder in which they are kept.</summary>
    public ModelStore Store(ParseResult parsed, HttpClient http, ModelStoreOptions? options = null) => new(parsed.GetValue(_folder) is { Length: > 0 } folder ? folder : ModelStore.DefaultFolder(), http, options);
}
