using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>528 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ggml_threadpool_params
{
    public fixed byte cpumask[512];
    public int n_threads;
    public int prio;
    public uint poll;
    public byte strict_cpu;
    public byte paused;
}
