using System.CommandLine;
using System.Globalization;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Llama;
using Rag.Llama.Gguf;

namespace Rag.Cli.Commands;

/// <summary>What <c>rag doctor</c> looks at to say whether models can be run.</summary>
internal static class ModelChecks
{
    private const string Gpu = "build with -p:RagLlamaBackend=cuda (or vulkan), or set RAG_LLAMA_LIBRARY to a folder with such a build of llama.cpp v" + LlamaLibrary.Release + ".";

    private const string Fetch = "Install npm and build again, which fetches it: dotnet build. Or set RAG_LLAMA_LIBRARY to a folder with a build of llama.cpp v" + LlamaLibrary.Release + ". For a GPU: " + Gpu;

    // Enough to see that one can be made.
    private const int SmallContext = 256;

    /// <summary>llama.cpp's libraries. That they are missing is a failure only where a model was asked for.</summary>
    public static CheckJson Library(bool asked)
    {
        try
        {
            var library = LlamaLibrary.Load();
            var devices = library.Devices;
            var detail = $"llama.cpp v{library.Version} in '{library.Folder}'; computes on {string.Join(", ", devices.Select(Described))}";
            var fix = devices.Any(d => d.IsGpu) ? null
                : library.BackendErrors.Length > 0 ? $"It found no GPU, so models run on the processor: {library.BackendErrors} Install what is missing, or set RAG_LLAMA_LIBRARY to a folder with another build of llama.cpp v{LlamaLibrary.Release}."
                : $"It found no GPU, so models run on the processor. To use one: {Gpu}";
            return new("native library", true, detail, fix);
        }
        catch (LlamaLibraryException e)
        {
            return new("native library", !asked, asked ? e.Message.TrimEnd('.') : $"no GGUF model can be run, and nothing else needs it: {e.Message.TrimEnd('.')}", Fetch);
        }
    }

    /// <summary>A model: what its file says, and whether it loads.</summary>
    public static async Task<CheckJson> ModelAsync(Session session, ModelOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var said = "";
        try
        {
            var path = options.Name.PathOf(parsed);
            var file = GgufFile.Read(path);
            said = Described(file);
            using var model = await ModelFile.LoadAsync(session.ErrorConsole(), path, options.Placement(parsed), cancellationToken);
            var (layers, placed) = (model.LayerCount + 1, model.GpuLayers);
            var place = placed == 0 ? $"all {layers} layers on the processor" : $"{placed} of {layers} layers on {Backends.Of(model)}";
            var room = placed > 0 && placed < layers ? $"The other {layers - placed} layers do not fit into the GPU's free memory: free some, or take a smaller quantisation. " : "";
            var (purpose, warning) = Purpose(model);
            return new("model", true, $"{said}; loads with {place}; {purpose}", room + warning is { Length: > 0 } hint ? hint.TrimEnd() : null);
        }
        catch (Exception e) when (e is LlamaException or IOException or UnauthorizedAccessException)
        {
            return new("model", false, said.Length > 0 ? $"{said}; does not load" : "it cannot be used", e.Message);
        }
    }

    private static string Described(LlamaDevice device) =>
        device.TotalBytes > 0 ? $"{device.Name} ({device.Description}, {ModelFile.Size(device.FreeBytes)} of {ModelFile.Size(device.TotalBytes)} free)" : $"{device.Name} ({device.Description})";

    private static string Described(GgufFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{file.Path}' is {file.Architecture}, {file.Quantization ?? "no tensors"}, {ModelFile.Size(file.Bytes)}, {file.LayerCount} layers, context {file.ContextLength} tokens");

    private static (string Purpose, string? Warning) Purpose(LlamaModel model)
    {
        if (!model.Generates)
        {
            return (model.File.Pooling == GgufPooling.Rank ? "scores passages against a question" : $"makes vectors of {model.EmbeddingLength} numbers", null);
        }

        using var engine = new LlamaEngine(model, new LlamaEngineOptions { Slots = 1, KeptBeginnings = 0, Context = new() { Size = SmallContext } });
        using var client = new LlamaChatClient(engine);
        return (client.TemplateWarning is null ? "chats in its own template" : "chats in a template that is not its own", client.TemplateWarning);
    }
}
