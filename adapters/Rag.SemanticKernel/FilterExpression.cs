using System.Linq.Expressions;

namespace Rag.SemanticKernel;

/// <summary>Reads a C# condition on a chunk as a filter on its document.</summary>
internal static class FilterExpression
{
    // Fields that a filter knows by name; a tag of the same name cannot be asked for.
    private static readonly string[] Fields = ["document", "path", "type", "language", "tenant", "group"];

    /// <summary>The same condition as a filter.</summary>
    /// <exception cref="NotSupportedException">A part of it has no filter.</exception>
    public static Filter ToFilter(Expression<Func<Chunk, bool>> condition) => Read(condition.Body, condition.Parameters[0]);

    private static Filter Read(Expression part, ParameterExpression chunk) => part switch
    {
        _ when !Mentions(part, chunk) => (bool)Value(part)! ? Filter.All : new Filter.Not(Filter.All),
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => new Filter.And([Read(and.Left, chunk), Read(and.Right, chunk)]),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => new Filter.Or([Read(or.Left, chunk), Read(or.Right, chunk)]),
        UnaryExpression { NodeType: ExpressionType.Not } not => new Filter.Not(Read(not.Operand, chunk)),
        BinaryExpression { NodeType: ExpressionType.Equal } equal => Equal(equal, chunk),
        BinaryExpression { NodeType: ExpressionType.NotEqual } unequal => new Filter.Not(Equal(unequal, chunk)),
        MethodCallExpression { Method.Name: "Contains" } call => OneOf(call, chunk),
        _ => throw Unsupported(part),
    };

    private static Filter Equal(BinaryExpression equal, ParameterExpression chunk)
    {
        var (field, value) = Mentions(equal.Left, chunk) ? (equal.Left, equal.Right) : (equal.Right, equal.Left);
        return !Mentions(value, chunk) && Value(value) is string text ? Filter.Equal(Field(field, chunk), text) : throw Unsupported(equal);
    }

    private static Filter.In OneOf(MethodCallExpression call, ParameterExpression chunk)
    {
        // list.Contains(x), Enumerable.Contains(list, x) or, for arrays, MemoryExtensions.Contains((ReadOnlySpan<string>)array, x). No sets: theirs may compare otherwise than a filter.
        Expression[] parts = call.Object is null ? [.. call.Arguments] : [call.Object, .. call.Arguments];
        return parts is [var list, var field] && !Mentions(list, chunk) && Value(Unwrapped(list)) is IReadOnlyList<string> values
            ? new(Field(field, chunk), [.. values.Where(value => value is not null)])
            : throw Unsupported(call);
    }

    private static string Field(Expression part, ParameterExpression chunk) => part switch
    {
        MemberExpression { Member.Name: nameof(Chunk.DocumentId) } member when member.Expression == chunk => "document",
        MemberExpression { Member.Name: nameof(Chunk.Path) } member when member.Expression == chunk => "path",
        MemberExpression { Member.Name: nameof(Chunk.Language) } member when member.Expression == chunk => "language",
        MethodCallExpression { Method.Name: "get_Item", Object: MemberExpression { Member.Name: nameof(Chunk.Tags) } tags } call
            when tags.Expression == chunk && !Mentions(call.Arguments[0], chunk) && Value(call.Arguments[0]) is string tag && !Fields.Contains(tag) => tag,
        _ => throw Unsupported(part),
    };

    private static Expression Unwrapped(Expression list) => list switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] } => array,
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var array } => array,
        _ => list,
    };

    private static object? Value(Expression part) => Expression.Lambda<Func<object?>>(Expression.Convert(part, typeof(object))).Compile(preferInterpretation: true)();

    private static bool Mentions(Expression part, ParameterExpression chunk)
    {
        var search = new ParameterSearch(chunk);
        search.Visit(part);
        return search.Found;
    }

    private static NotSupportedException Unsupported(Expression part) => new(
        $"A filter cannot say '{part}'. Compare DocumentId, Path, Language or Tags[\"name\"] (no tag named {string.Join(", ", Fields)}) with a text by ==, != or Contains, and combine by &&, || and !. For ranges, give the scope a Filter.");

    private sealed class ParameterSearch(ParameterExpression parameter) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == parameter;
            return node;
        }
    }
}
