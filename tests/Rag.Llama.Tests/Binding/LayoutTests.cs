using Rag.Llama.Binding;

namespace Rag.Llama.Tests.Binding;

/// <summary>Sizes and offsets as a C compiler gives them for llama.h v0.5.0.</summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void Struct_has_the_size_of_the_header()
    {
        Assert.Equal(80, sizeof(llama_model_params));
        Assert.Equal(160, sizeof(llama_context_params));
        Assert.Equal(56, sizeof(llama_batch));
        Assert.Equal(528, sizeof(ggml_threadpool_params));
    }

    [Fact]
    public void Model_parameter_stands_at_the_offset_of_the_header()
    {
        llama_model_params p;
        var start = (byte*)&p;

        Assert.Equal(
            [0, 8, 16, 20, 24, 28, 32, 40, 48, 56, 64, 72, 73, 74, 75, 76, 77],
            [
                At(&p.devices), At(&p.tensor_buft_overrides), At(&p.n_gpu_layers), At(&p.split_mode), At(&p.load_mode), At(&p.lazy_mode), At(&p.main_gpu), At(&p.tensor_split),
                At(&p.progress_callback), At(&p.progress_callback_user_data), At(&p.kv_overrides), At(&p.vocab_only), At(&p.check_tensors), At(&p.use_extra_bufts), At(&p.no_host), At(&p.no_alloc), At(&p.load_mtp),
            ]);

        long At(void* field) => (byte*)field - start;
    }

    [Fact]
    public void Context_parameter_stands_at_the_offset_of_the_header()
    {
        llama_context_params p;
        var start = (byte*)&p;

        Assert.Equal(
            [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 96, 104, 108, 112, 120, 128, 129, 130, 131, 132, 133, 136, 144, 152],
            [
                At(&p.n_ctx), At(&p.n_batch), At(&p.n_ubatch), At(&p.n_seq_max), At(&p.n_rs_seq), At(&p.n_outputs_max), At(&p.n_outputs_max_per_seq), At(&p.n_threads), At(&p.n_threads_batch), At(&p.ctx_type),
                At(&p.rope_scaling_type), At(&p.pooling_type), At(&p.attention_type), At(&p.flash_attn_type), At(&p.rope_freq_base), At(&p.rope_freq_scale), At(&p.yarn_ext_factor), At(&p.yarn_attn_factor),
                At(&p.yarn_beta_fast), At(&p.yarn_beta_slow), At(&p.yarn_orig_ctx), At(&p.defrag_thold), At(&p.cb_eval), At(&p.cb_eval_user_data), At(&p.type_k), At(&p.type_v), At(&p.abort_callback),
                At(&p.abort_callback_data), At(&p.embeddings), At(&p.offload_kqv), At(&p.no_perf), At(&p.op_offload), At(&p.swa_full), At(&p.kv_unified), At(&p.samplers), At(&p.n_samplers), At(&p.ctx_other),
            ]);

        long At(void* field) => (byte*)field - start;
    }

    [Fact]
    public void Batch_field_stands_at_the_offset_of_the_header()
    {
        llama_batch p;
        var start = (byte*)&p;

        Assert.Equal([0, 8, 16, 24, 32, 40, 48], [At(&p.n_tokens), At(&p.token), At(&p.embd), At(&p.pos), At(&p.n_seq_id), At(&p.seq_id), At(&p.logits)]);

        long At(void* field) => (byte*)field - start;
    }
}
