using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Rag.Cli.Tests;

/// <summary>The real process: what its pipes carry and how it ends.</summary>
public sealed class ProcessTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Standard_output_is_json_in_utf8_and_nothing_else()
    {
        var path = store.Workspace.Write("unicode.txt", "naïve 東京 🙂\n");
        using var process = Start("read", path, "--json");

        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("naïve 東京 🙂", JsonDocument.Parse(bytes.ToArray()).RootElement.Text("text").Trim());
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    // Not SIGINT: a process started in the background may inherit that it is ignored, and .NET leaves it so.
    [Fact]
    public async Task A_signal_ends_it_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using var process = Start("chat", "--store", store.Workspace.Store);
        await process.StandardOutput.ReadAsync(new char[1]);

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Cancelled.", (await process.StandardError.ReadToEndAsync()).Trim());
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rag.dll"), .. args])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardErrorEncoding = Encoding.UTF8,
    })!;
}
