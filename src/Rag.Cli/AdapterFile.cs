using System.Globalization;
using Rag.Llama;

namespace Rag.Cli;

/// <summary>A LoRA adapter as <c>--lora</c> names it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Scale">How strongly it acts.</param>
internal sealed record AdapterFile(string Path, float Scale)
{
    /// <summary>Reads <c>FILE</c> or <c>FILE:SCALE</c>; a colon with no number behind it belongs to the path.</summary>
    public static AdapterFile Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && float.TryParse(text.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && float.IsFinite(scale)
            ? new(text[..colon], scale)
            : new(text, 1);
    }
}

/// <summary>The adapters of a run, in memory.</summary>
internal sealed class LoadedAdapters : IDisposable
{
    private readonly List<LlamaAdapter> _adapters = [];
    private readonly List<AdapterWeight> _weights = [];

    public IReadOnlyList<AdapterWeight> Weights => _weights;

    /// <summary>Loads them for a model.</summary>
    /// <exception cref="LlamaException">One is missing, no adapter, or of another model.</exception>
    public static LoadedAdapters Load(LlamaModel model, IReadOnlyList<AdapterFile> files)
    {
        var loaded = new LoadedAdapters();
        try
        {
            foreach (var file in files)
            {
                var adapter = LlamaAdapter.Load(model, file.Path);
                loaded._adapters.Add(adapter);
                loaded._weights.Add(new(adapter, file.Scale));
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public void Dispose() => _adapters.ForEach(a => a.Dispose());
}
