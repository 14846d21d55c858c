namespace Rag.Cli.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"rag-settings-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_file_sets_options_by_name()
    {
        File.WriteAllText(_file, """{ "store": "from-file.db", "top": 3, "tag": ["a=b"] }""");

        (await Run.RagAsync("documents", "--config", _file)).AssertComplains(1, "'from-file.db'");
    }

    [Fact]
    public async Task The_environment_goes_before_the_file_and_the_command_line_before_both()
    {
        File.WriteAllText(_file, """{ "store": "from-file.db" }""");
        string? Variable(string name) => name switch
        {
            "RAG_STORE" => "from-environment.db",
            "RAG_CONFIG" => _file,
            _ => null,
        };

        (await Run.RagAsync(["documents"], Variable)).AssertComplains(1, "'from-environment.db'");
        (await Run.RagAsync(["documents", "--store", "from-line.db"], Variable)).AssertComplains(1, "'from-line.db'");
    }

    [Fact]
    public async Task A_setting_out_of_range_is_reported_with_its_source() =>
        (await Run.RagAsync(["search", "q"], name => name == "RAG_TOP" ? "0" : null)).AssertComplains(2, "(RAG_TOP)");

    [Fact]
    public async Task Settings_do_not_become_arguments_behind_a_double_dash() =>
        (await Run.RagAsync(["ask", "--", "--why?"], name => name == "RAG_STORE" ? "from-environment.db" : null)).AssertComplains(1, "'from-environment.db'");

    [Theory]
    [InlineData("nonsense", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{ "tpo": 3 }""", "sets 'tpo', which no command knows")]
    [InlineData("""{ "top": 3, "top": 4 }""", "cannot be read")]
    public async Task A_file_that_is_not_a_configuration_is_wrong_usage(string content, string about)
    {
        File.WriteAllText(_file, content);

        (await Run.RagAsync("search", "q", "--config", _file)).AssertComplains(2, about);
    }
}
