using Rag.Llama.Embeddings;

namespace Rag.Llama.Tests.Embeddings;

public sealed class PromptFamiliesTests
{
    [Theory]
    [InlineData("multilingual-e5-small-q8_0", "query: ", "passage: ")]
    [InlineData("Multilingual E5 Large", "query: ", "passage: ")]
    [InlineData("multilingual-e5-large-instruct", "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ", "")]
    [InlineData("Bge Small En v1.5", "Represent this sentence for searching relevant passages: ", "")]
    [InlineData("bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", "")]
    [InlineData("bge-m3", "", "")]
    [InlineData("nomic-embed-text-v1.5.Q8_0", "search_query: ", "search_document: ")]
    [InlineData("Qwen3 Embedding 0.6B", "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:", "")]
    [InlineData("snowflake-arctic-embed-m-v1.5", "Represent this sentence for searching relevant passages: ", "")]
    [InlineData("snowflake-arctic-embed-l-v2.0", "query: ", "")]
    [InlineData("embeddinggemma-300M-Q8_0", "task: search result | query: ", "title: none | text: ")]
    [InlineData("all-MiniLM-L6-v2", "", "")]
    [InlineData("some-other-model", "", "")]
    public void Find_knows_a_family_by_its_name(string name, string query, string document) =>
        Assert.Equal(new EmbeddingPrompts(query, document), PromptFamilies.Find([null, name]));

    [Theory]
    [InlineData("intfloat/multilingual-e5-small", "passage: ")]
    [InlineData("nomic-embed-text:latest", "search_document: ")]
    [InlineData("text-embedding-3-small", "")]
    public void Named_knows_models_as_servers_call_them(string name, string document) => Assert.Equal(document, EmbeddingPrompts.Named(name).Document);

    [Fact]
    public void Find_takes_the_first_name_that_is_known() =>
        Assert.Equal("query: ", PromptFamilies.Find(["finetuned", "e5-base", "bge-base"]).Query);
}
