using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>Owns a loaded model. Contexts and adapters hold it open, so it is freed after the last of them.</summary>
internal sealed class ModelHandle : SafeHandle
{
    public ModelHandle(nint model)
        : base(0, true) => SetHandle(model);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.llama_model_free(handle);
        return true;
    }
}
