using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Llama.Models;

namespace Rag.Cli.Commands;

/// <summary><c>rag models pull</c>: downloads a model, or takes over a file that came another way.</summary>
internal static class PullCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var (cache, name) = (new ModelCacheOptions(), ModelsCommand.Name());
        var mirror = new Option<string?>("--mirror") { Description = "Takes the place of scheme and host in the catalogue's address; checksums stay.", HelpName = "URL" };
        var file = new Option<string?>("--file") { Description = "Copy this file into the cache in place of downloading it.", HelpName = "LOCAL" };
        var unverified = new Option<bool>("--unverified") { Description = "Download also where the catalogue has no checksum." };
        var http = new Option<bool>("--allow-http") { Description = "Allow unencrypted addresses beyond this machine." };
        var command = ModelsCommand.Named("pull", "Download a model; what an earlier try left is gone on with.", cache, name, mirror, file, unverified, http);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ModelStoreOptions { Mirror = MirrorOf(parsed.GetValue(mirror)), AllowUnverified = parsed.GetValue(unverified), AllowHttp = parsed.GetValue(http) };
            using var client = ModelStore.NewHttpClient();
            var store = cache.Store(parsed, client, options);
            var model = cache.Catalogue(parsed).Get(parsed.GetValue(name)!);
            var bar = new WaitBar<DownloadProgress>(model.FileName, p => new(p.BytesDone, p.BytesTotal, $"{model.FileName} {ModelFile.Size(p.BytesDone)}{ModelFile.Size(p.BytesTotal, " of {0}")}"));
            var local = parsed.GetValue(file);
            var work = Task.Run(() => local is null ? store.PullAsync(model, bar, cancellationToken) : store.ImportAsync(model, local, bar, cancellationToken), cancellationToken);
            ModelsCommand.Print(session, model, await bar.ShowAsync(session.ErrorConsole(), work, cancellationToken), parsed.GetValue(shared.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Uri? MirrorOf(string? text) => text is null ? null : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new CommandException($"--mirror '{text}' is not an http or https address, such as https://hub.example.org.", ExitCode.WrongUsage);
}
