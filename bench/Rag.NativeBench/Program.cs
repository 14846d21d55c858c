using Rag.NativeBench;
using Rag.NativeBench.Reporting;

// Measures what docs/results/native.md states. Usage: Rag.NativeBench COMMAND ... [--name value ...] [--json] [--save FILE]
Dictionary<string, (string Usage, Func<Arguments, Task<Report>> Run)> commands = new()
{
    ["models"] = (ModelWriting.Usage, ModelWriting.RunAsync),
    ["single"] = (SingleSpeed.Usage, SingleSpeed.RunAsync),
    ["raw"] = (RawSpeed.Usage, RawSpeed.RunAsync),
    ["sweep"] = (ConcurrencySweep.Usage, ConcurrencySweep.RunAsync),
    ["compare"] = (NodeComparison.Usage, NodeComparison.RunAsync),
    ["users"] = (UserLoad.Usage, UserLoad.RunAsync),
    ["soak"] = (Soak.Usage, Soak.RunAsync),
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    await Console.Error.WriteLineAsync($"Usage: COMMAND ... [--json: print JSON instead of Markdown] [--save FILE: write JSON there]\n{string.Join('\n', commands.Select(c => $"  {c.Key} {c.Value.Usage}"))}\n{ModelSetup.Usage}");
    return 2;
}

try
{
    var arguments = Arguments.Parse(args.AsSpan(1));
    var (json, save) = (arguments.Flag("json"), arguments.Text("save"));
    var report = await command.Run(arguments);
    if (save is not null)
    {
        using var file = File.Create(save);
        report.WriteJson(file);
    }

    if (json)
    {
        using var output = Console.OpenStandardOutput();
        report.WriteJson(output);
    }
    else
    {
        report.WriteMarkdown(Console.Out);
    }

    return report.Failed ? 1 : 0;
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\nUsage: {args[0]} {command.Usage}\n{ModelSetup.Usage}");
    return 2;
}
