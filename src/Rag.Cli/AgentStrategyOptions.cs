using System.CommandLine;
using Rag.Agents;

namespace Rag.Cli;

/// <summary>What a strategy needs by itself, where <c>--tools</c> does not say.</summary>
internal static class AgentStrategyOptions
{
    /// <summary>Tools of a strategy that is run over documents; none for one that only thinks.</summary>
    public static string[] ToolsOf(string strategy) => strategy switch
    {
        "standard" or "cot" or "cot-sc" or "critique" or "pal" => [],
        "ircot" => ["search"],
        "tools" => ["search", "read", "calculate"],
        _ => ["pages", "calculate"],
    };

    /// <summary>An option that takes names of strategies.</summary>
    public static Option<T> AddNames<T>(Option<T> option)
    {
        option.HelpName = string.Join('|', AgentStrategies.Names);
        option.AcceptOnlyFromAmong([.. AgentStrategies.Names]);
        return option;
    }
}
