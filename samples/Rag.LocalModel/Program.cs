// A GGUF model in one's own program: dotnet run --project samples/Rag.LocalModel -- MODEL.gguf [ADAPTER.gguf]
if (args.Length == 0)
{
    Console.Error.WriteLine("Name a GGUF model: dotnet run --project samples/Rag.LocalModel -- MODEL.gguf [ADAPTER.gguf]");
    return 2;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    cancellation.Cancel();
};
await Chats.TalkAsync(args[0], cancellation.Token);
await Chats.AnswerInJsonAsync(args[0], cancellation.Token);
if (args.Length > 1)
{
    await Chats.UseAdapterAsync(args[0], args[1], cancellation.Token);
}

return 0;
