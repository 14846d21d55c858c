using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Indexing;
using Rag.Ingest.Reading;
using Rag.OpenAI;
using Rag.Qdrant;
using Rag.Storage;

namespace Rag.Cli.Commands;

/// <summary><c>rag doctor</c>: says what works here, and what to do about what does not.</summary>
internal static class DoctorCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var models = new ModelOptions("Check that a model can be run");
        var endpoint = EndpointOptions.Address("Check that an OpenAI-compatible endpoint answers");
        var command = new Command("doctor", "Say what works here: runtime, store, readers, models.") { options.Store, endpoint };
        foreach (var option in models.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var storeAsked = parsed.GetResult(options.Store) is { Implicit: false };
            List<CheckJson> checks = [Runtime(), Terminal(session), Readers(), await StoreAsync(session, parsed.GetValue(options.Store)!, storeAsked, cancellationToken)];
            checks.Add(ModelChecks.Library(models.Name.IsGiven(parsed)));
            if (models.Name.IsGiven(parsed))
            {
                checks.Add(await ModelChecks.ModelAsync(session, models, parsed, cancellationToken));
            }

            checks.Add(await EndpointAsync(session, parsed.GetValue(endpoint), cancellationToken));
            return Report(session, checks, parsed.GetValue(options.Json));
        });
        return command;
    }

    private static CheckJson Runtime() =>
        new("runtime", true, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors", null);

    private static CheckJson Terminal(Session session)
    {
        var profile = session.Console().Profile;
        var unicode = session.Out.Encoding.CodePage == Encoding.UTF8.CodePage || session.Out is StringWriter;
        var detail = session.OutputIsTerminal ? $"{profile.Width} columns, {(profile.Capabilities.Ansi ? "colours" : "no colours")}" : "not a terminal: plain lines, no colours";
        return new("terminal", unicode, $"{detail}, encoding {session.Out.Encoding.WebName}", unicode ? null : "Choose a UTF-8 locale, such as LANG=C.UTF-8, or names and quotes may be shown with question marks.");
    }

    private static CheckJson Readers() => new("readers", true, string.Join(", ", DocumentReaders.Default.Supported.Select(MediaTypes.NameOf)), null);

    private static async Task<CheckJson> StoreAsync(Session session, string name, bool asked, CancellationToken cancellationToken)
    {
        if (!asked && !File.Exists(name))
        {
            return new("store", true, $"none at '{name}' yet", $"Make one: rag ingest PATH --store {name}");
        }

        try
        {
            await using var store = await Stores.OpenAsync(session, name, KeywordModel.Default, cancellationToken);
            var documents = await store.ListDocumentsAsync(cancellationToken: cancellationToken);
            return new("store", true, $"'{name}' opens: {documents.Count} documents, {documents.Sum(d => d.Chunks)} chunks{Server(store)}", null);
        }
        catch (Exception e) when (e is StoreException or CommandException or IOException or UnauthorizedAccessException)
        {
            return new("store", false, $"'{name}' does not open", e.Message);
        }
    }

    private static string Server(IChunkStore store) => store is not QdrantChunkStore qdrant ? ""
        : $", on Qdrant {qdrant.ServerVersion}{(qdrant.WeighsRarity ? "" : ", which does not weigh words by how rare they are: that takes a collection made on 1.19 or newer")}";

    private static async Task<CheckJson> EndpointAsync(Session session, string? address, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(address))
        {
            return new("endpoint", true, "none given, and nothing needs one", null);
        }

        try
        {
            using var endpoint = Endpoints.Open(session, address);
            var models = await endpoint.ListModelsAsync(cancellationToken);
            var key = string.IsNullOrEmpty(session.Variable(Endpoints.KeyVariable)) ? $"without a key ({Endpoints.KeyVariable} is not set)" : $"with the key of {Endpoints.KeyVariable}";
            return new("endpoint", true, $"{endpoint.Address} answers {key} and serves {Endpoints.Named(models)}", null);
        }
        catch (Exception e) when (e is OpenAIException or CommandException)
        {
            return new("endpoint", false, "it cannot be used", e.Message);
        }
    }

    private static int Report(Session session, IReadOnlyList<CheckJson> checks, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, new DoctorJson(checks), t => t.DoctorJson);
        }
        else
        {
            foreach (var check in checks)
            {
                session.Out.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Name}: {Plain.Line(check.Detail)}");
                if (check.Fix is not null)
                {
                    session.Out.WriteLine($"      {Plain.Line(check.Fix)}");
                }
            }
        }

        foreach (var failed in checks.Where(c => !c.Ok))
        {
            session.Complain($"{failed.Name}: {failed.Detail}. {failed.Fix}".TrimEnd());
        }

        return checks.All(c => c.Ok) ? ExitCode.Done : ExitCode.Failed;
    }
}
