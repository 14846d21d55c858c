using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Rag.Llama.Binding;

/// <summary>llama.cpp's C functions under their own names. Whoever calls them guards what would end the process.</summary>
/// <remarks>
/// Signatures and the structs beside this file are those of release v0.5.0 on x64 and arm64: LayoutTests checks sizes and offsets, LlamaLibrary checks the release
/// and default values at start-up. Names are the header's own, so that one can be found from the other. C's bool is a byte.
/// </remarks>
internal static unsafe partial class NativeMethods
{
    private const string Llama = "llama";
    private const string Ggml = "ggml";
    private const string GgmlCore = "ggml-base";

    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void ggml_backend_load_all_from_path(string folder);

    [LibraryImport(Ggml)]
    public static partial nuint ggml_backend_dev_count();

    [LibraryImport(Ggml)]
    public static partial nint ggml_backend_dev_get(nuint index);

    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ggml_backend_reg_by_name(string name);

    [LibraryImport(GgmlCore)]
    public static partial byte* ggml_backend_dev_name(nint device);

    [LibraryImport(GgmlCore)]
    public static partial byte* ggml_backend_dev_description(nint device);

    [LibraryImport(GgmlCore)]
    public static partial int ggml_backend_dev_type(nint device);

    [LibraryImport(GgmlCore)]
    public static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);

    [LibraryImport(GgmlCore, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ggml_backend_reg_get_proc_address(nint backend, string name);

    [LibraryImport(GgmlCore)]
    public static partial ggml_threadpool_params ggml_threadpool_params_default(int threads);

    [LibraryImport(Llama)]
    public static partial byte* llama_version();

    [LibraryImport(Llama)]
    public static partial void llama_backend_init();

    [LibraryImport(Llama)]
    public static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* state);

    [LibraryImport(Llama)]
    public static partial nuint llama_max_devices();

    [LibraryImport(Llama)]
    public static partial llama_model_params llama_model_default_params();

    [LibraryImport(Llama)]
    public static partial llama_context_params llama_context_default_params();

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint llama_model_load_from_file(string path, llama_model_params parameters);

    [LibraryImport(Llama)]
    public static partial void llama_model_free(nint model);

    [LibraryImport(Llama)]
    public static partial int llama_model_n_ctx_train(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial int llama_model_n_embd_out(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial int llama_model_n_layer(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial uint llama_model_n_cls_out(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte* llama_model_cls_label(ModelHandle model, uint index);

    [LibraryImport(Llama)]
    public static partial int llama_model_desc(ModelHandle model, byte* buffer, nuint size);

    [LibraryImport(Llama)]
    public static partial ulong llama_model_size(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial ulong llama_model_n_params(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte llama_model_has_encoder(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte llama_model_has_decoder(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte llama_model_is_recurrent(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte llama_model_is_hybrid(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial byte llama_model_is_diffusion(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial nint llama_model_get_vocab(ModelHandle model);

    [LibraryImport(Llama)]
    public static partial int llama_vocab_n_tokens(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial byte* llama_vocab_get_text(nint vocabulary, int token);

    [LibraryImport(Llama)]
    public static partial int llama_vocab_get_attr(nint vocabulary, int token);

    [LibraryImport(Llama)]
    public static partial byte llama_vocab_is_eog(nint vocabulary, int token);

    [LibraryImport(Llama)]
    public static partial int llama_vocab_bos(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial int llama_vocab_eos(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial int llama_vocab_sep(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial byte llama_vocab_get_add_bos(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial byte llama_vocab_get_add_eos(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial byte llama_vocab_get_add_sep(nint vocabulary);

    [LibraryImport(Llama)]
    public static partial int llama_tokenize(nint vocabulary, byte* text, int length, int* tokens, int capacity, byte addSpecial, byte parseSpecial);

    [LibraryImport(Llama)]
    public static partial int llama_token_to_piece(nint vocabulary, int token, byte* buffer, int length, int lstrip, byte special);

    [LibraryImport(Llama)]
    public static partial int llama_detokenize(nint vocabulary, int* tokens, int count, byte* text, int capacity, byte removeSpecial, byte unparseSpecial);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint llama_adapter_lora_init(ModelHandle model, string path);

    [LibraryImport(Llama)]
    public static partial void llama_adapter_lora_free(nint adapter);

    [LibraryImport(Llama)]
    public static partial int llama_set_adapters_lora(ContextHandle context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Llama)]
    public static partial nint llama_init_from_model(ModelHandle model, llama_context_params parameters);

    [LibraryImport(Llama)]
    public static partial void llama_free(nint context);

    [LibraryImport(Llama)]
    public static partial void llama_attach_threadpool(nint context, nint pool, nint batchPool);

    [LibraryImport(Llama)]
    public static partial uint llama_n_ctx(ContextHandle context);

    [LibraryImport(Llama)]
    public static partial PoolingType llama_pooling_type(ContextHandle context);

    [LibraryImport(Llama)]
    public static partial nint llama_get_memory(ContextHandle context);

    [LibraryImport(Llama)]
    public static partial void llama_memory_clear(nint memory, byte data);

    [LibraryImport(Llama)]
    public static partial byte llama_memory_seq_rm(nint memory, int sequence, int start, int end);

    [LibraryImport(Llama)]
    public static partial void llama_memory_seq_cp(nint memory, int source, int target, int start, int end);

    [LibraryImport(Llama)]
    public static partial nuint llama_state_seq_get_size(ContextHandle context, int sequence);

    [LibraryImport(Llama)]
    public static partial nuint llama_state_seq_get_data(ContextHandle context, byte* target, nuint size, int sequence);

    [LibraryImport(Llama)]
    public static partial nuint llama_state_seq_set_data(ContextHandle context, byte* source, nuint size, int sequence);

    [LibraryImport(Llama)]
    public static partial int llama_decode(ContextHandle context, llama_batch batch);

    [LibraryImport(Llama)]
    public static partial float* llama_get_logits_ith(ContextHandle context, int row);

    [LibraryImport(Llama)]
    public static partial float* llama_get_embeddings_seq(ContextHandle context, int sequence);

    [LibraryImport(Llama)]
    public static partial float* llama_get_embeddings_ith(ContextHandle context, int row);

    /// <summary>A C string, or the empty string for a null pointer.</summary>
    public static string Text(byte* text) => text is null ? "" : Marshal.PtrToStringUTF8((nint)text)!;
}
