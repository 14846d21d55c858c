using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>80 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_model_params
{
    public nint* devices;
    public void* tensor_buft_overrides;
    public int n_gpu_layers;
    public int split_mode;
    public int load_mode;
    public int lazy_mode;
    public int main_gpu;
    public float* tensor_split;
    public delegate* unmanaged[Cdecl]<float, void*, byte> progress_callback;
    public void* progress_callback_user_data;
    public void* kv_overrides;
    public byte vocab_only;
    public byte check_tensors;
    public byte use_extra_bufts;
    public byte no_host;
    public byte no_alloc;
    public byte load_mtp;
}
