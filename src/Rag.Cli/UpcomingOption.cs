using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rag.Cli;

/// <summary>An option of the contract that does nothing yet: it stands in the help, and using it says what it will do.</summary>
internal sealed class UpcomingOption : Option<string>
{
    public UpcomingOption(string name, string value, string willDo)
        : base(name)
    {
        Description = $"{willDo} (not there yet)";
        HelpName = value;
    }

    /// <exception cref="CommandException">The command line gives one of them.</exception>
    public static void ThrowIfUsed(ParseResult parsed)
    {
        if (parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(r => r.Option is UpcomingOption && !r.Implicit) is { Option: var used })
        {
            throw new CommandException($"{used.Name} is not there yet: {used.Description!.Replace(" (not there yet)", "", StringComparison.Ordinal)} Leave it out for now.");
        }
    }
}
