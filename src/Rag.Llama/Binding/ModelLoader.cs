using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>One load of a model file, with progress and cancellation.</summary>
internal sealed unsafe class ModelLoader(string path, LlamaModelOptions options, LlamaLibrary library, int gpuLayers, IProgress<float>? progress, CancellationToken cancellationToken)
{
    private Exception? _progressFault;

    /// <summary>Loads on the calling thread.</summary>
    /// <exception cref="LlamaModelException">llama.cpp refuses the file; with its reason.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while loading.</exception>
    public ModelHandle Load()
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parameters = NativeMethods.llama_model_default_params();
        parameters.n_gpu_layers = gpuLayers;
        parameters.vocab_only = options.VocabularyOnly ? (byte)1 : (byte)0;
        var self = GCHandle.Alloc(this);
        try
        {
            parameters.progress_callback = &Report;
            parameters.progress_callback_user_data = (void*)GCHandle.ToIntPtr(self);
            nint model = 0;
            var reason = NativeLog.ErrorsOf(() => model = LoadOn(parameters));
            if (model != 0)
            {
                return new ModelHandle(model);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw _progressFault ?? new LlamaModelException(path, $"llama.cpp cannot load '{path}': {(reason.Length > 0 ? reason : "it gave no reason")}. Where memory is short, take a smaller model or quantisation; where the architecture is unknown, llama.cpp v{LlamaLibrary.Release} is older than the model.");
        }
        finally
        {
            self.Free();
        }
    }

    private nint LoadOn(llama_model_params parameters)
    {
        nint[] devices = options.Gpu is { } gpu && gpuLayers != 0 ? [library.Gpus[gpu], 0] : [];
        var split = new float[Math.Max(options.TensorSplit.Count, (int)NativeMethods.llama_max_devices())];
        for (var i = 0; i < options.TensorSplit.Count; i++)
        {
            split[i] = options.TensorSplit[i];
        }

        fixed (nint* chosen = devices)
        fixed (float* shares = split)
        {
            parameters.devices = devices.Length > 0 ? chosen : null;
            parameters.tensor_split = options.TensorSplit.Count > 0 ? shares : null;
            return NativeMethods.llama_model_load_from_file(path, parameters);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Report(float done, void* state)
    {
        var loader = (ModelLoader)GCHandle.FromIntPtr((nint)state).Target!;
        return loader.Continue(done) ? (byte)1 : (byte)0;
    }

    private bool Continue(float done)
    {
        try
        {
            progress?.Report(done);
            return !cancellationToken.IsCancellationRequested;
        }
#pragma warning disable CA1031 // an exception cannot cross native code: it is kept and thrown when the load has ended
        catch (Exception e)
#pragma warning restore CA1031
        {
            _progressFault = e;
            return false;
        }
    }
}
