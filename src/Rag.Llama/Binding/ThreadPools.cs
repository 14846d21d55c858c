namespace Rag.Llama.Binding;

/// <summary>The threads that compute a context on the CPU. Without them ggml makes and ends threads for every step.</summary>
internal sealed unsafe class ThreadPools
{
    private readonly nint _generation;
    private readonly nint _batch;

    public ThreadPools(int threads, int batchThreads)
    {
        _generation = New(threads);
        _batch = batchThreads == threads ? _generation : New(batchThreads);
    }

    private static nint Cpu => NativeMethods.ggml_backend_reg_by_name("CPU");

    public void AttachTo(nint context)
    {
        if (_generation != 0)
        {
            NativeMethods.llama_attach_threadpool(context, _generation, _batch);
        }
    }

    /// <summary>After the context that they are attached to.</summary>
    public void Free()
    {
        if (_generation == 0)
        {
            return;
        }

        var free = (delegate* unmanaged[Cdecl]<nint, void>)NativeMethods.ggml_backend_reg_get_proc_address(Cpu, "ggml_threadpool_free");
        free(_generation);
        if (_batch != _generation)
        {
            free(_batch);
        }
    }

    // The functions live in the CPU backend's module; a build without that module computes with threads of its own.
    private static nint New(int threads)
    {
        var make = Cpu == 0 ? 0 : NativeMethods.ggml_backend_reg_get_proc_address(Cpu, "ggml_threadpool_new");
        if (make == 0)
        {
            return 0;
        }

        var parameters = NativeMethods.ggml_threadpool_params_default(threads);
        return ((delegate* unmanaged[Cdecl]<ggml_threadpool_params*, nint>)make)(&parameters);
    }
}
