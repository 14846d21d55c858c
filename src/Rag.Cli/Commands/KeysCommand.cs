using System.CommandLine;
using Rag.Api.Security;
using Rag.Chat.Dialogue;

namespace Rag.Cli.Commands;

/// <summary><c>rag keys</c>: who may call the server.</summary>
internal static class KeysCommand
{
    private static readonly string[] Scopes = [.. Enum.GetValues<ApiScope>().Where(s => s != ApiScope.None).Select(s => s.ToString().ToLowerInvariant())];

    public static Command Create(Session session)
    {
        var file = new Option<string>("--keys") { Description = "The file of keys.", HelpName = "FILE", Required = true };
        return new Command("keys", "Keys of the server: add, list and remove.") { Add(session, file), List(session, file), Remove(session, file) };
    }

    private static Command Add(Session session, Option<string> file)
    {
        var name = new Argument<string>("NAME") { Description = "Who it is for." };
        var scopes = new Option<string[]>("--scope") { Description = "What it may do; once for each.", HelpName = string.Join('|', Scopes), Required = true, AllowMultipleArgumentsPerToken = true };
        scopes.AcceptOnlyFromAmong(Scopes);
        var tenant = new Option<string>("--tenant") { Description = "Whose documents.", HelpName = "T", DefaultValueFactory = _ => "" };
        var groups = new Option<string[]>("--group") { Description = "Groups that it belongs to; once for each.", HelpName = "G", DefaultValueFactory = _ => [] };
        var scores = new Option<bool>("--scores") { Description = "Show it scores." };
        var rate = SharedOptions.Number("--requests-per-minute", "Requests in a minute", 1_000_000, new ApiKey("", "", ApiScope.None).RequestsPerMinute);
        var tokens = SharedOptions.Within("--tokens-per-day", "Tokens that models may use for it in a day", 0L, long.MaxValue);
        var command = new Command("add", "Make a key; its secret is shown once and kept nowhere.") { name, scopes, tenant, groups, scores, rate, tokens, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (secret, key) = ApiKey.Create(parsed.GetValue(name)!, parsed.GetValue(scopes)!.Select(s => Enum.Parse<ApiScope>(s, ignoreCase: true)).Aggregate((a, b) => a | b));
            var keys = await ReadAsync(parsed.GetValue(file)!, cancellationToken);
            if (keys.Any(k => k.Name == key.Name))
            {
                throw new CommandException($"There is a key '{key.Name}' already. Remove it first, or choose another name.");
            }

            key = key with { Tenant = parsed.GetValue(tenant)!, Groups = parsed.GetValue(groups)!, Scores = parsed.GetValue(scores), RequestsPerMinute = parsed.GetValue(rate), TokensPerDay = parsed.GetValue(tokens) };
            await ApiKeyFile.WriteAsync(parsed.GetValue(file)!, [.. keys, key], cancellationToken);
            session.Out.WriteLine(secret);
            session.Error.WriteLine("This is the secret. It is shown once; only its hash is kept.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(Session session, Option<string> file)
    {
        var command = new Command("list", "Who has a key, and what it may do.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (var key in await ReadAsync(parsed.GetValue(file)!, cancellationToken))
            {
                session.Out.WriteLine(Plain.Line($"{key.Name}: {key.Scopes.ToString().ToLowerInvariant()}{(key.Tenant.Length > 0 ? $", tenant {key.Tenant}" : "")}{(key.Groups.Count > 0 ? $", groups {string.Join(' ', key.Groups)}" : "")}"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Remove(Session session, Option<string> file)
    {
        var name = new Argument<string>("NAME") { Description = "Whose." };
        var command = new Command("remove", "Take a key away; the server heeds it once it is started again.") { name, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var keys = await ReadAsync(parsed.GetValue(file)!, cancellationToken);
            var left = keys.Where(k => k.Name != parsed.GetValue(name)).ToList();
            if (left.Count == keys.Count)
            {
                throw new CommandException($"There is no key '{parsed.GetValue(name)}'.");
            }

            await ApiKeyFile.WriteAsync(parsed.GetValue(file)!, left, cancellationToken);
            session.Error.WriteLine("Removed.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The keys of a file; none where there is no file yet.</summary>
    private static async Task<IReadOnlyList<ApiKey>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(file) ? await ApiKeyFile.ReadAsync(file, cancellationToken) : [];
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message);
        }
    }
}
