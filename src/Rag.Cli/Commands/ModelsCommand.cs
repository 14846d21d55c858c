using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Llama.Models;

namespace Rag.Cli.Commands;

/// <summary><c>rag models</c>: the cache of downloaded models.</summary>
internal static class ModelsCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var command = new Command("models", "The model cache: resumable downloads with checksums.");
        command.Add(List(session, shared));
        command.Add(PullCommand.Create(session, shared));
        command.Add(Verify(session, shared));
        command.Add(PathOf(session, shared));
        return command;
    }

    /// <summary>A command of this group with the options that all have.</summary>
    public static Command Named(string name, string description, ModelCacheOptions cache, params Symbol[] more)
    {
        var command = new Command(name, description);
        foreach (var option in cache.All.Concat(more.OfType<Option>()))
        {
            command.Add(option);
        }

        foreach (var argument in more.OfType<Argument>())
        {
            command.Add(argument);
        }

        return command;
    }

    public static Argument<string> Name() => new("NAME") { Description = "A model as 'rag models list' names it." };

    public static ModelJson JsonOf(CatalogModel model, string? path) =>
        new(model.Name, model.FileName, model.Bytes, model.Sha256, path is not null, model.Kind.ToString().ToLowerInvariant(), model.Licence, model.MemoryGigabytes, path);

    private static Command List(Session session, SharedOptions shared)
    {
        var cache = new ModelCacheOptions();
        var command = Named("list", "List the models and which are here.", cache);
        command.SetAction(parsed =>
        {
            using var http = ModelStore.NewHttpClient();
            var store = cache.Store(parsed, http);
            var models = cache.Catalogue(parsed).Models.Select(m => JsonOf(m, store.Find(m))).ToList();
            if (parsed.GetValue(shared.Json))
            {
                RagJson.Write(session.Out, models, t => t.IEnumerableModelJson);
                return ExitCode.Done;
            }

            var width = models.Max(m => (int?)m.Name.Length) ?? 0;
            foreach (var m in models)
            {
                session.Out.WriteLine(Plain.Text($"{(m.Present ? "here" : "-"),-4}  {m.Name.PadRight(width)}  {m.Kind,-9}  {ModelFile.Size(m.Bytes),8}  for {m.MemoryGigabytes,2} GB of memory  {m.Licence}"));
            }

            session.Error.WriteLine(Plain.Line($"Folder: {store.Folder}. Download one: rag models pull NAME"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify(Session session, SharedOptions shared)
    {
        var cache = new ModelCacheOptions();
        var command = Named("verify", "Check the downloaded models against their checksums.", cache);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = ModelStore.NewHttpClient();
            var store = cache.Store(parsed, http);
            List<ModelJson> checkedModels = [];
            foreach (var model in cache.Catalogue(parsed).Models)
            {
                var state = await store.VerifyAsync(model, cancellationToken);
                if (state == ModelVerification.Missing)
                {
                    continue;
                }

                checkedModels.Add(JsonOf(model, store.Find(model)) with { Verified = state.ToString().ToLowerInvariant() });
                if (state == ModelVerification.Damaged)
                {
                    session.Complain($"'{Path.Combine(store.Folder, model.FileName)}' is not the file that the catalogue means. Delete it, then: rag models pull {model.Name}");
                }
            }

            return Report(session, checkedModels, parsed.GetValue(shared.Json));
        });
        return command;
    }

    private static int Report(Session session, List<ModelJson> models, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, models, t => t.IEnumerableModelJson);
        }
        else
        {
            foreach (var model in models)
            {
                session.Out.WriteLine($"{model.Verified} {model.Name}");
            }
        }

        var damaged = models.Count(m => m.Verified == "damaged");
        return damaged == 0 ? ExitCode.Done : damaged == models.Count ? ExitCode.Failed : ExitCode.PartlyDone;
    }

    private static Command PathOf(Session session, SharedOptions shared)
    {
        var (cache, name) = (new ModelCacheOptions(), Name());
        var command = Named("path", "Print where a model lies.", cache, name);
        command.SetAction(parsed =>
        {
            using var http = ModelStore.NewHttpClient();
            var (catalogue, store) = (cache.Catalogue(parsed), cache.Store(parsed, http));
            var model = catalogue.Get(parsed.GetValue(name)!);
            Print(session, model, ModelFile.Locate(model.Name, catalogue, store), parsed.GetValue(shared.Json));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Prints where one model lies.</summary>
    public static void Print(Session session, CatalogModel model, string path, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, [JsonOf(model, path)], t => t.IEnumerableModelJson);
        }
        else
        {
            session.Out.WriteLine(path);
        }
    }
}
