using System.Globalization;
using Rag.Llama;
using Rag.Llama.Models;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Finds and loads what people name where a GGUF model is asked for: a file, or a model of the catalogue that has been downloaded.</summary>
internal static class ModelFile
{
    private const double Giga = 1e9;

    /// <summary>The path of a model.</summary>
    /// <param name="name">A file, else a name in the catalogue.</param>
    /// <param name="catalogue">The models that names stand for.</param>
    /// <param name="store">Where they are downloaded to.</param>
    /// <exception cref="LlamaModelException">It is neither, or not downloaded yet.</exception>
    public static string Locate(string name, ModelCatalog catalogue, ModelStore store)
    {
        if (File.Exists(name))
        {
            return name;
        }

        if (!catalogue.TryGet(name, out var model))
        {
            throw new LlamaModelException(name, $"There is no model file '{name}', and no model of that name in the catalogue. Check the path, or choose a name: rag models list");
        }

        return store.Find(model) ?? throw new LlamaModelException(name, $"The model '{model.Name}' is not in '{store.Folder}' yet. Download it{Size(model.Bytes, " ({0})")}: rag models pull {model.Name}");
    }

    /// <summary>Loads a model; on a terminal with a progress bar when it takes long.</summary>
    public static Task<LlamaModel> LoadAsync(IAnsiConsole console, string path, LlamaModelOptions options, CancellationToken cancellationToken)
    {
        var file = Path.GetFileName(path);
        var bar = new WaitBar<float>(file, share => new(share, 1, $"Loading {file}"));
        return bar.ShowAsync(console, LlamaModel.LoadAsync(path, options, bar, cancellationToken), cancellationToken);
    }

    /// <summary>A size for people, within <paramref name="format"/>; empty where it is not known.</summary>
    public static string Size(long? bytes, string format = "{0}") =>
        bytes is { } known ? string.Format(CultureInfo.InvariantCulture, format, known < Giga ? $"{known / 1e6:0.0} MB" : $"{known / Giga:0.0} GB") : "";
}
