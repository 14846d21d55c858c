using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Tests.Parsing;

public sealed class ActionReplyTests
{
    private static readonly string[] Tools = ["Search", "Lookup", "python"];

    /// <summary>Forms that models were seen to write.</summary>
    public static TheoryData<string, string, string> Replies => new()
    {
        { "Thought 1: I look.\nAction 1: Search[Milhouse]", "Search", "Milhouse" },
        { " I look.\nAction 1: Search[Milhouse]\n", "Search", "Milhouse" },
        { "I look.\nAction: Search[Milhouse]\nObservation: Milhouse is a dog.\nAction: Finish[dog]", "Search", "Milhouse" },
        { "**Thought:** I look.\n**Action:** Search[Milhouse]", "Search", "Milhouse" },
        { "**Action 1:** `Search[Milhouse]`", "Search", "Milhouse" },
        { "- Action: Search(Milhouse)", "Search", "Milhouse" },
        { "Action: Search(\"Milhouse\")", "Search", "Milhouse" },
        { "Action: Search: Milhouse", "Search", "Milhouse" },
        { "Action: Search\nAction Input: Milhouse", "Search", "Milhouse" },
        { "Action: Search\nAction Input: \"Milhouse\"\nObservation: none", "Search", "Milhouse" },
        { "Action 1: Search[Milhouse]\nAction 2: Lookup[named]", "Search", "Milhouse" },
        { "Action: Search[Milhouse", "Search", "Milhouse" },
        { "Action: Search[High Plains (United States)]", "Search", "High Plains (United States)" },
        { "Action: Search[a [b] c]", "Search", "a [b] c" },
        { "I think Search[Milhouse] will tell.", "Search", "Milhouse" },
        { "search[Milhouse]", "search", "Milhouse" },
        { "```json\n{\"action\": \"Search\", \"action_input\": \"Milhouse\"}\n```", "Search", "Milhouse" },
        { "I look.\n{\"tool\": \"Search\", \"arguments\": {\"entity\": \"Milhouse\"}}", "Search", "{\"entity\": \"Milhouse\"}" },
        { "<tool_call>\n{\"name\": \"Search\", \"arguments\": {\"entity\": \"Milhouse\"}}\n</tool_call>", "Search", "{\"entity\": \"Milhouse\"}" },
        { "Action:\n```\n{\"action\": \"Search\", \"action_input\": \"Milhouse\"}\n```", "Search", "Milhouse" },
        { "Action: python\nAction Input:\n```python\nx = 1\nprint(x)\n```", "python", "x = 1" },
        { "I know it.\nFinal Answer: Richard Nixon", "Finish", "Richard Nixon" },
        { "Thought: I know it.\nAnswer: Richard Nixon", "Finish", "Richard Nixon" },
        { "Action 3: Finish[Richard Nixon]", "Finish", "Richard Nixon" },
        { "Action: Final Answer: Richard Nixon", "Finish", "Richard Nixon" },
        { "思考。\nAction 1：Search[米尔豪斯]", "Search", "米尔豪斯" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void Action_is_found_however_it_is_written(string reply, string name, string input)
    {
        var action = ActionReply.Parse(reply, Tools);

        Assert.Equal((name, input), (action.IsFinish ? "Finish" : action.Name, action.Input));
    }

    [Theory]
    [InlineData("Thought 1: I look.\nAction 1: Search[x]", "I look.")]
    [InlineData("**Thought:** I\nlook.\n**Action:** Search[x]", "I look.")]
    [InlineData("Action: Search[x]", "")]
    [InlineData("{\"thought\": \"I look.\", \"action\": \"Search\", \"action_input\": \"x\"}", "I look.")]
    [InlineData("I only wonder.", "I only wonder.")]
    public void Thought_is_what_stands_before_it_on_one_line(string reply, string thought) => Assert.Equal(thought, ActionReply.Parse(reply, Tools).Thought);

    [Theory]
    [InlineData("")]
    [InlineData("I only wonder.")]
    [InlineData("Observation 1: Search[x] gives nothing")]
    [InlineData("f(x) = x[0] and {braces}")]
    public void Reply_without_an_action_has_none(string reply) => Assert.Null(ActionReply.Parse(reply, Tools).Name);

    [Theory]
    [InlineData("So 48 - 9 = 39.\nAnswer: 39", "39")]
    [InlineData("**Answer:** Romania.", "Romania")]
    [InlineData("That is why the answer is Romania.", "Romania")]
    [InlineData("So the final answer is: **Romania**", "Romania")]
    [InlineData("It adds up.\n#### 1,200", "1,200")]
    [InlineData("Hence $\\boxed{42}$.", "42")]
    [InlineData("Answer: 1\nNo, wait.\nAnswer: 2", "2")]
    [InlineData("<think>Answer: 1</think>\nAnswer: 2", "2")]
    public void Answer_is_what_the_reasoning_leads_to(string reply, string answer) => Assert.Equal(answer, AnswerReply.Of(ReplyText.Of(new(ChatRole.Assistant, reply))));

    [Theory]
    [InlineData("I do not know the answers.")]
    [InlineData("Answer:")]
    [InlineData("")]
    public void Reasoning_without_an_answer_has_none(string reply) => Assert.Null(AnswerReply.Of(reply));
}
