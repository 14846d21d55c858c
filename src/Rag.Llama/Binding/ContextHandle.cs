using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>Owns a context with the threads that compute it. One thread at a time may use it.</summary>
internal sealed class ContextHandle : SafeHandle
{
    private readonly ModelHandle _model;
    private readonly ThreadPools _threads;

    private ContextHandle(ModelHandle model, ThreadPools threads)
        : base(0, true) => (_model, _threads) = (model, threads);

    public override bool IsInvalid => handle == 0;

    /// <summary>Makes a context with threads of its own.</summary>
    /// <exception cref="LlamaException">There is not enough memory, or the model does not take the parameters.</exception>
    public static ContextHandle Create(ModelHandle model, llama_context_params parameters)
    {
        var held = false;
        model.DangerousAddRef(ref held);
        var context = new ContextHandle(model, new ThreadPools(parameters.n_threads, parameters.n_threads_batch));
        nint created = 0;
        var reason = NativeLog.ErrorsOf(() => created = NativeMethods.llama_init_from_model(model, parameters));
        context.SetHandle(created);
        if (context.IsInvalid)
        {
            context.ReleaseHandle();
            context.SetHandleAsInvalid();
            context.Dispose();
            throw new LlamaException($"llama.cpp made no context of {parameters.n_ctx} tokens: {(reason.Length > 0 ? reason : "it gave no reason")}. Where memory is short, ask for a smaller context, fewer GPU layers or a quantised cache.");
        }

        context._threads.AttachTo(created);
        return context;
    }

    protected override bool ReleaseHandle()
    {
        if (handle != 0)
        {
            NativeMethods.llama_free(handle);
        }

        _threads.Free();
        _model.DangerousRelease();
        return true;
    }
}
