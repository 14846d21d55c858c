namespace Rag.Generation;

/// <summary>A question that was answered well, to show a language model what is wanted.</summary>
/// <param name="Question">The question.</param>
/// <param name="Passages">What it was answered from, numbered from 1 in their order.</param>
/// <param name="Answer">The answer with its marks, such as <c>At noon. [1]</c>, or <see cref="ChatAnswerGenerator.Abstention"/>.</param>
public sealed record AnswerExample(string Question, IReadOnlyList<ExamplePassage> Passages, string Answer);

/// <summary>One passage of an example.</summary>
/// <param name="Title">Title of the document; may be empty.</param>
/// <param name="Text">The passage.</param>
public sealed record ExamplePassage(string Title, string Text);
