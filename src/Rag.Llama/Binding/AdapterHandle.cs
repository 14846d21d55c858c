using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>Owns a LoRA adapter of a model.</summary>
internal sealed class AdapterHandle : SafeHandle
{
    private readonly ModelHandle _model;

    private AdapterHandle(ModelHandle model)
        : base(0, true) => _model = model;

    public override bool IsInvalid => handle == 0;

    /// <summary>Loads an adapter.</summary>
    /// <exception cref="LlamaException">It is none, or one of another model.</exception>
    public static AdapterHandle Load(ModelHandle model, string path)
    {
        var held = false;
        model.DangerousAddRef(ref held);
        var adapter = new AdapterHandle(model);
        nint loaded = 0;
        var reason = NativeLog.ErrorsOf(() => loaded = NativeMethods.llama_adapter_lora_init(model, path));
        adapter.SetHandle(loaded);
        if (loaded != 0)
        {
            return adapter;
        }

        adapter.SetHandleAsInvalid();
        adapter.Dispose();
        model.DangerousRelease();
        throw new LlamaException($"The LoRA adapter '{path}' does not fit this model: {(reason.Length > 0 ? reason : "llama.cpp gave no reason")}. Use one that was trained for the model and converted to GGUF.");
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.llama_adapter_lora_free(handle);
        _model.DangerousRelease();
        return true;
    }
}
