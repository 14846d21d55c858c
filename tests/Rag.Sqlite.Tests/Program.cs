using System.Globalization;
using Rag.Sqlite.Tests;

// The runner's entry point, and other lives of this program: the processes that the crash tests kill.
return args switch
{
    ["write", var store, var seed, var first] => await CrashScript.WriteForeverAsync(store, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(first, CultureInfo.InvariantCulture)),
    ["reembed", var store] => await ReembeddingScript.RunAsync(store),
    _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
