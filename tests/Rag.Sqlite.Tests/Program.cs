using Rag.Sqlite.Tests;

// The runner's entry point, and a second life of this program: the process that the crash test kills.
return args is ["write", var store, var seed, var first]
    ? await CrashScript.WriteForeverAsync(store, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture), int.Parse(first, System.Globalization.CultureInfo.InvariantCulture))
    : args.Any(arg => arg is "--server" or "--internal-msbuild-node")
        ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
