using System.Collections.Concurrent;
using Rag.Api.Json;
using Rag.Api.Security;

namespace Rag.Api;

/// <summary>The newest replies to requests that came with an Idempotency-Key, so that one which comes again changes nothing. Kept while the server runs. Safe for concurrent use.</summary>
internal sealed class RememberedReplies
{
    private const int Most = 1000;
    private const int MaxKey = 200;

    private readonly ConcurrentDictionary<(string Caller, string Key), Once> _replies = new();
    private readonly ConcurrentQueue<(string Caller, string Key)> _order = new();

    /// <summary>The Idempotency-Key of a request; <see langword="null"/> without one.</summary>
    /// <exception cref="ApiProblemException">It is too long.</exception>
    public static string? KeyOf(ApiCall call) => call.Http.Request.Headers["Idempotency-Key"].ToString() switch
    {
        "" => null,
        { Length: <= MaxKey } key => key,
        var key => throw ApiProblemException.Invalid($"The Idempotency-Key has {key.Length} characters and may have {MaxKey}."),
    };

    /// <summary>Begins what a request asks for, or gives the reply that it had. Dispose it at the end: without a reply the key is free again.</summary>
    /// <param name="call">The request.</param>
    /// <param name="asked">What tells it from another one, such as its body.</param>
    /// <exception cref="ApiProblemException">The key was sent with something else, or that request still runs.</exception>
    public Once Begin(ApiCall call, object asked)
    {
        if (KeyOf(call) is not { } key)
        {
            return new(asked, () => { });
        }

        var id = (call.Caller.Key.Hash, key);
        var mine = new Once(asked, () => _replies.TryRemove(id, out _));
        var there = _replies.GetOrAdd(id, mine);
        if (there == mine)
        {
            _order.Enqueue(id);
            while (_order.Count > Most && _order.TryDequeue(out var oldest))
            {
                _replies.TryRemove(oldest, out _);
            }

            return mine;
        }

        return !there.Asked.Equals(asked) ? throw new ApiProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key was sent with another request. Use a new key for a new one.")
            : there.Reply is null ? throw new ApiProblemException(StatusCodes.Status409Conflict, "still-running", "The request with this Idempotency-Key is still being answered. Ask again in a moment.") { RetryAfter = 1 }
            : there;
    }

    /// <summary>Forgets what rests on a document. Of ratings that is not told, so all go: one that comes again just then is kept twice.</summary>
    public void ForgetDocument(string document) => Forget(r => r.Value.Reply is RatingJson || (r.Value.Reply is AnswerJson { Answer: var answer } && answer.Sources.Any(s => s.DocumentId == document)));

    /// <summary>Forgets what was answered in a caller's conversation.</summary>
    public void ForgetSession(Caller caller, string session) => Forget(r => r.Key.Caller == caller.Key.Hash && r.Value.Asked is AskRequest { Session: var asked } && asked == session);

    private void Forget(Func<KeyValuePair<(string Caller, string Key), Once>, bool> isGone)
    {
        foreach (var (id, _) in _replies.Where(isGone))
        {
            _replies.TryRemove(id, out _);
        }
    }

    /// <summary>A request that is done once.</summary>
    public sealed class Once(object asked, Action forget) : IDisposable
    {
        private volatile object? _reply;

        public object Asked => asked;

        /// <summary>What was replied; <see langword="null"/> as long as nothing was.</summary>
        public object? Reply
        {
            get => _reply;
            set => _reply = value;
        }

        public void Dispose()
        {
            if (_reply is null)
            {
                forget();
            }
        }
    }
}
