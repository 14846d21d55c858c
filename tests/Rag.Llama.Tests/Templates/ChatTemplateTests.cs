using Rag.Llama.Templates;

namespace Rag.Llama.Tests.Templates;

public sealed class ChatTemplateTests
{
    private const string Plain = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}";

    [Fact]
    public void Render_moves_the_system_message_into_the_user_message_where_there_is_no_system_role() =>
        Assert.Equal("user: Rules\n\nHello\n", Render("{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}{{ m.role }}: {{ m.content }}\n{% endfor %}", new("system", "Rules"), new("user", "Hello")));

    [Fact]
    public void Render_makes_a_system_message_without_user_message_one_of_the_user() =>
        Assert.Equal("<s><start_of_turn>user\nRules<end_of_turn>\n<start_of_turn>model\n", ModelFamilyTests.Template("gemma2").Render(SampleConversations.Input(new ChatTemplateMessage("system", "Rules"))));

    [Fact]
    public void Render_joins_messages_of_one_role_where_roles_must_alternate() =>
        Assert.Equal("<s>[INST] a\n\nb [/INST]", ModelFamilyTests.Template("mistral-v1").Render(SampleConversations.Input(new("user", "a"), new("user", "b"))));

    [Fact]
    public void Render_describes_tools_in_the_system_message_where_the_template_does_not()
    {
        var prompt = ChatTemplate.Parse(Plain).Render(SampleConversations.Of("calls"));

        Assert.StartsWith("system: Answer briefly.\n\nThese tools can be called:\n{\"name\": \"get_weather\", \"description\": \"The weather of a city\", \"parameters\": {\"type\": \"object\"", prompt, StringComparison.Ordinal);
        Assert.Contains("assistant: <tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Köln\", \"days\": 2}}\n</tool_call>\nuser: <tool_response>\n{\"degrees\": 3.5}\n</tool_response>\n", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_shows_the_templates_own_calls_where_it_writes_calls_and_describes_no_tools() =>
        Assert.Contains("<｜tool▁call▁begin｜>name_of_tool<｜tool▁sep｜>{\"argument\": \"value\"}<｜tool▁call▁end｜>", ModelFamilyTests.Template("deepseek-v31").Render(SampleConversations.Of("calls")), StringComparison.Ordinal);

    [Fact]
    public void Render_joins_results_into_one_user_message_where_there_is_no_tool_role()
    {
        ChatTemplateMessage[] messages =
        [
            new("user", "u"),
            new("assistant", "So:") { ToolCalls = [new("1", "f", SampleConversations.Json("{}")), new("2", "g", SampleConversations.Json("{}"))] },
            new("tool", "r1") { ToolCallId = "1" },
            new("tool", "r2") { ToolCallId = "2" },
        ];

        var prompt = ChatTemplate.Parse(Plain).Render(SampleConversations.Input(messages));

        Assert.Equal(
            "user: u\nassistant: So:\n<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>\n<tool_call>\n{\"name\": \"g\", \"arguments\": {}}\n</tool_call>\n"
            + "user: <tool_response>\nr1\n</tool_response>\n<tool_response>\nr2\n</tool_response>\n", prompt);
    }

    [Fact]
    public void Render_gives_each_call_a_message_of_its_own_where_only_one_is_allowed()
    {
        ChatTemplateMessage[] messages =
        [
            new("user", "u"),
            new("assistant", "") { ToolCalls = [new("1", "f", SampleConversations.Json("{}")), new("2", "g", SampleConversations.Json("{}"))] },
            new("tool", "r2") { ToolCallId = "2" },
            new("tool", "r1") { ToolCallId = "1" },
        ];

        var prompt = ModelFamilyTests.Template("llama3").Render(SampleConversations.Input(messages));

        string[] order = ["\"name\": \"f\"", "\"r1\"", "\"name\": \"g\"", "\"r2\""];
        Assert.Equal(order, order.OrderBy(o => prompt.IndexOf(o, StringComparison.Ordinal)));
        Assert.All(order, o => Assert.Contains(o, prompt, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_gives_calls_the_ids_that_mistral_wants()
    {
        ChatTemplateMessage[] messages =
            [new("user", "u"), new("assistant", "") { ToolCalls = [new("call_abc", "f", SampleConversations.Json("{}"))] }, new("tool", "r") { ToolCallId = "call_abc" }];

        var prompt = ModelFamilyTests.Template("mistral-nemo").Render(SampleConversations.Input(messages));

        Assert.Equal("<s>[INST]u[/INST][TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}, \"id\": \"call00001\"}]</s>[TOOL_RESULTS]{\"content\": r, \"call_id\": \"call00001\"}[/TOOL_RESULTS]", prompt);
    }

    [Theory]
    [InlineData("{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.arguments + '!' }}{% endfor %}{% endfor %}", "{\"city\": \"Köln\", \"days\": 2}!")]
    [InlineData("{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.arguments | tojson }}{% endfor %}{% endfor %}", "{\"city\": \"Köln\", \"days\": 2}")]
    [InlineData("{% for m in messages %}{% for c in m.tool_calls or [] %}{% for k, v in c.function.arguments.items() %}{{ k }}={{ v }};{% endfor %}{% endfor %}{% endfor %}", "city=Köln;days=2;")]
    public void Render_passes_arguments_in_the_type_that_the_template_takes(string template, string expected) => Assert.Equal(expected, ChatTemplate.Parse(template).Render(SampleConversations.Of("calls")));

    [Fact]
    public void Render_passes_content_as_typed_parts_where_the_template_takes_nothing_else() =>
        Assert.Equal("Hello", Render("{% for m in messages %}{% for part in m.content if part.type == 'text' %}{{ part.text }}{% endfor %}{% endfor %}", new ChatTemplateMessage("user", "Hello")));

    [Fact]
    public void Render_is_the_same_from_several_threads_at_once()
    {
        var template = ModelFamilyTests.Template("qwen3");
        var expected = template.Render(SampleConversations.Of("calls"));

        Parallel.For(0, 100, i => Assert.Equal(expected, template.Render(SampleConversations.Of("calls"))));
    }

    [Fact]
    public void Render_describes_parameters_by_nothing_where_the_template_cannot_do_without()
    {
        var tool = new ChatTool("f", "d", SampleConversations.Json("""{"type": "object", "properties": {"a": {"type": "string"}}}"""));
        var template = ChatTemplate.Parse("{% for t in tools %}{{ t.function.name }}{% for k, p in t.function.parameters.properties.items() %}({{ k + ': ' + p.description }}){% endfor %}{% endfor %}");

        Assert.Equal("f(a: )", template.Render(SampleConversations.Input(new ChatTemplateMessage("user", "u")) with { Tools = [tool] }));
    }

    [Fact]
    public void Capabilities_of_a_template_without_end_are_found_soon()
    {
        var template = ChatTemplate.Parse("{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}");

        Assert.False(template.Capabilities.SystemRole);
    }

    [Fact]
    public void Render_refuses_arguments_with_half_a_character()
    {
        var call = new ChatToolCall("1", "f", SampleConversations.Json("""{"a": "\ud800"}"""));

        Assert.Throws<ChatTemplateException>(() => ChatTemplate.ChatMl.Render(SampleConversations.Input(new("user", "u"), new("assistant", "") { ToolCalls = [call] })));
    }

    [Theory]
    [InlineData("<|im_start|>", "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("<|start_header_id|>", "<s><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData("<start_of_turn>", "<s><start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\n")]
    [InlineData("[INST]", "<s>[INST] Hello[/INST]")]
    [InlineData("<|end|> <|assistant|>", "<|user|>\nHello<|end|>\n<|assistant|>\n")]
    [InlineData("<|assistant|>", "<|user|>\nHello</s>\n<|assistant|>\n")]
    [InlineData("<|START_OF_TURN_TOKEN|>", "<s><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Hello<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>")]
    [InlineData("<｜User｜>", "<s><｜User｜>Hello<｜Assistant｜>")]
    [InlineData("<|start_of_role|>", "<|start_of_role|>user<|end_of_role|>Hello<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>")]
    [InlineData("", "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n")]
    public void ForVocabulary_goes_by_special_tokens(string tokens, string expected) =>
        Assert.Equal(expected, ChatTemplate.ForVocabulary(t => tokens.Split(' ').Contains(t)).Render(SampleConversations.Input(new ChatTemplateMessage("user", "Hello"))));

    private static string Render(string template, params ChatTemplateMessage[] messages) => ChatTemplate.Parse(template).Render(SampleConversations.Input(messages));
}
