namespace Rag.Llama.Embeddings;

/// <summary>How a model is asked in words whether a text answers a query.</summary>
internal static class RerankPrompt
{
    /// <summary>Where files keep a template of their own, for llama.cpp's server too.</summary>
    private const string FileKey = "tokenizer.chat_template.rerank";

    private const string Task = "Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".";
    private const string Pair = "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}";

    // Qwen3-Reranker's model card; the empty thought keeps the model from thinking first.
    private const string ChatMl = $"<|im_start|>system\n{Task}<|im_end|>\n<|im_start|>user\n{Pair}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    private const string Plain = $"{Task}\n\n{Pair}\n\nAnswer: ";

    /// <summary>The file's template, if it has one.</summary>
    public static string? OfFile(LlamaModel model) => model.File.Metadata.Text(FileKey);

    /// <summary>Qwen3-Reranker's, without control tokens where the model does not have them.</summary>
    public static string Default(LlamaModel model) => model.Vocabulary.SpecialTokens.ContainsKey("<|im_start|>") ? ChatMl : Plain;
}
