using System.Text.Json;
using Rag.Llama.Templates;
using Rag.Testing;

namespace Rag.Llama.Tests.Templates;

/// <summary>
/// Templates in the way of each family of models. From the first user message on the golden files are what the models' own templates write with Jinja2 in Python;
/// what stands before it, such as how tools are explained, is worded by each model and short here. For chatml, llama2, mistral-v1, gemma3, phi4, zephyr, vicuna and alpaca
/// no template of the model's own was at hand; there the files are what Jinja2 makes of ours.
/// </summary>
public sealed class ModelFamilyTests
{
    private static readonly string[] Conversational = ["chat", "closed"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var family in Directory.GetFiles(Folder(), "*.jinja").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal))
            {
                foreach (var conversation in Conversational.Append("calls").Concat(family is "qwen3" or "gpt-oss" or "deepseek-v31" or "smollm" ? ["reasoning", "thinking", "no-thinking"] : []))
                {
                    cases.Add(family, conversation);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_writes_a_conversation_as_the_model_was_trained(string family, string conversation) =>
        Golden.Check($"{family}.{conversation}.txt", Template(family).Render(SampleConversations.Of(conversation)));

    [Theory]
    [InlineData("chatml", "system")]
    [InlineData("gemma2", "alternating")]
    [InlineData("gemma3", "system alternating")]
    [InlineData("mistral-v1", "alternating")]
    [InlineData("mistral-nemo", "system tools calls parallel responses objects alternating nine")]
    [InlineData("llama3", "system tools calls responses objects")]
    [InlineData("qwen25", "system tools calls parallel responses objects")]
    [InlineData("qwen3", "system tools calls parallel responses objects switch reasoning")]
    [InlineData("deepseek-r1", "system calls parallel responses")]
    [InlineData("deepseek-v31", "system calls parallel responses objects switch")]
    [InlineData("gpt-oss", "system tools calls responses objects reasoning")]
    public void Capabilities_are_found_by_rendering(string family, string expected)
    {
        var found = Template(family).Capabilities;

        (string Name, bool Has)[] all =
        [
            ("system", found.SystemRole), ("tools", found.Tools), ("calls", found.ToolCalls), ("parallel", found.ParallelToolCalls), ("responses", found.ToolResponses),
            ("objects", found.ToolCalls && found.ObjectArguments), ("typed", found.TypedContent), ("alternating", found.AlternatingRoles), ("nine", found.NineCharacterIds),
            ("switch", found.ThinkingSwitch), ("reasoning", found.Reasoning),
        ];
        Assert.Equal(expected, string.Join(' ', all.Where(a => a.Has).Select(a => a.Name)));
    }

    [Fact]
    public void Render_takes_the_variables_of_the_caller()
    {
        var input = SampleConversations.Of("chat") with { Variables = new Dictionary<string, JsonElement> { ["reasoning_effort"] = SampleConversations.Json("\"high\"") } };

        Assert.Contains("Reasoning: high", Template("gpt-oss").Render(input), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_template_in_the_folder_named_by_RAG_CHAT_TEMPLATES_renders()
    {
        var folder = Environment.GetEnvironmentVariable("RAG_CHAT_TEMPLATES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "RAG_CHAT_TEMPLATES names no folder of *.jinja files");

        foreach (var file in Directory.GetFiles(folder!, "*.jinja"))
        {
            var template = ChatTemplate.Parse(File.ReadAllText(file));
            var wanted = new Dictionary<string, JsonElement> { ["datetime"] = SampleConversations.Json("\"Jul 06 2024\""), ["functions"] = SampleConversations.Json("\"[]\"") }; // Firefunction does not write without
            string[] wrong = [.. new[] { "chat", "calls", "no-thinking" }.Where(c => !template.Render(SampleConversations.Of(c) with { Variables = wanted }).Contains(c == "calls" ? "Köln" : "Tell me.", StringComparison.Ordinal))];
            Assert.True(wrong.Length == 0, $"{file} leaves out the last message of {string.Join(", ", wrong)}");
        }
    }

    internal static ChatTemplate Template(string family) => ChatTemplate.Parse(File.ReadAllText(Path.Combine(Folder(), family + ".jinja")));

    internal static string Folder() => SourceFolder.Of("Cases");
}
