namespace Rag.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string[] Commands =
    [
        "read", "ingest", "documents", "delete", "copy", "search", "ask", "chat", "doctor", "agent", "generate", "embed", "rerank", "models", "eval", "feedback", "serve", "mcp",
    ];

    public static TheoryData<string> Wrong =>
    [
        "frobnicate", "ask", "search", "read", "ingest", "delete", "ask q --top 0", "ask q --top -1", "search q --top 1001", "search q --top many", "search q --top", "ask q --support maybe",
        "search q --retriever nobody", "ask q --retriever dense", "search q --retriever hybrid", "chat --retriever hybrid", "search q --filter (", "ask q --filter a=", "ingest . --parallel 0", "ingest . --tag nonsense", "ingest . --language German", "ask q --config no-such-file.json", "documents --frob", "copy --from a", "documents --store qdrant:http://localhost:6333", "documents --store qdrant:nowhere", "documents --store chroma:http://localhost:8000", "documents --store pinecone:nowhere",
        "eval retrieval", "eval retrieval --beir d --retriever nobody", "eval retrieval --beir d --rerank-depth 0", "eval spans --questions f", "eval reading", "eval reading --squad f --scope page", "eval grounding", "eval report --out c", "eval report a", "eval text --metric beauty --candidates a --references b", "eval text --metric bleu --candidates a", "eval nothing", "feedback", "feedback export --format kto", "feedback export --format poem --out f", "feedback list --verdict fine", "feedback list --store qdrant:http://localhost:6333/a",
    ];

    [Fact]
    public async Task Help_names_every_command_of_the_contract()
    {
        var run = await Run.RagAsync("--help");

        Assert.Equal(0, run.Code);
        Assert.All(Commands, c => Assert.Contains($"\n  {c} ", run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_arguments_print_the_help()
    {
        var run = await Run.RagAsync();

        Assert.Equal((0, (await Run.RagAsync("--help")).Out), (run.Code, run.Out));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_usage_is_said_in_one_sentence(string line) => (await Run.RagAsync(line.Split(' '))).AssertComplains(2, "");

    [Theory]
    [InlineData("ask", "")]
    [InlineData("ask", "  \n ")]
    [InlineData("search", "")]
    public async Task An_empty_question_is_wrong_usage(string command, string question) => (await Run.RagAsync(command, question)).AssertComplains(2, "The question is empty.");

    [Fact]
    public async Task A_question_of_a_megabyte_is_wrong_usage() =>
        (await Run.RagAsync("ask", new string('x', 1 << 20))).AssertComplains(2, "The question has 1048576 characters");

    [Fact]
    public async Task A_question_may_begin_with_the_sign_of_a_response_file() => (await Run.RagAsync("ask", "@home is where?", "--store", "none.db")).AssertComplains(1, "no store at 'none.db'");

    [Fact]
    public async Task Retriever_help_lists_every_retriever()
    {
        var people = await Run.RagAsync("search", "--retriever", "help");
        var programs = await Run.RagAsync("search", "--retriever", "help", "--json");

        string[] names = ["default", "bm25", "bm25-lucene", "bm25-rm3", "bm25-ax", "bm25-rocchio", "ql", "ql-rm3", "ql-ax", "ql-rocchio", "dense", "hybrid"];
        Assert.Equal(names, people.Out.TrimEnd('\n').Split('\n').Select(l => l.Split(' ')[0]));
        Assert.Equal(names, programs.Json.EnumerateArray().Select(r => r.GetProperty("name").GetString()));
    }
}
