using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rag.Llama.Binding;

namespace Rag.Llama.Engine;

/// <summary>Tells llama.cpp, which asks between the parts of a step, whether anybody still waits for it. Only CPU backends ask.</summary>
internal sealed unsafe class AbortFlag : IDisposable
{
    private GCHandle _self;
    private volatile Func<bool> _isAbandoned = static () => false;
    private volatile bool _stop;

    public AbortFlag() => _self = GCHandle.Alloc(this);

    /// <summary>Has a context ask this flag.</summary>
    public void WriteTo(ref llama_context_params parameters)
    {
        parameters.abort_callback = &IsAborted;
        parameters.abort_callback_data = (void*)GCHandle.ToIntPtr(_self);
    }

    /// <summary>A step begins.</summary>
    /// <param name="isAbandoned">Whether nobody waits for it any more; must not throw.</param>
    public void Begin(Func<bool> isAbandoned) => _isAbandoned = isAbandoned;

    /// <summary>Nobody waits for anything any more.</summary>
    public void Stop() => _stop = true;

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsAborted(void* state)
    {
        var flag = (AbortFlag)GCHandle.FromIntPtr((nint)state).Target!;
        return flag._stop || flag._isAbandoned() ? (byte)1 : (byte)0;
    }
}
