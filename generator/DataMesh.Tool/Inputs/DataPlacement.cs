using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Inputs;

/// <summary>Makes documents a part of an instance: at its root, or where <c>--path</c> says, or as a list.</summary>
internal sealed class DataPlacement(InputSettings settings)
{
    public IReadOnlyList<ParseResult> Place(IReadOnlyList<DataDocument> documents)
    {
        if (!settings.PlacesData)
            return [.. documents.Select(static document => document.Tree)];
        var placed = documents.Select(document => (Document: document, Labels: FindLabels(document))).ToList();
        if (!settings.AsList)
            return [.. placed.Select(static each => Nest(each.Labels, each.Document.Tree.File.Declarations))];

        // Without a path a list is of the documents of one file.
        return
        [
            .. placed
                .GroupBy(each => settings.Path.Count == 0 ? each.Document.File : string.Join('\n', each.Labels.Select(CueText)), StringComparer.Ordinal)
                .Select(static group => Nest(group.First().Labels, [new Embedding(new ListLiteral([.. group.Select(static each => ToExpression(each.Document.Tree))]))])),
        ];
    }

    private static ParseResult Nest(IReadOnlyList<Expression> labels, IReadOnlyList<Declaration> declarations)
    {
        for (var i = labels.Count - 1; i >= 0; i--)
        {
            var value = declarations is [Embedding embedding] ? embedding.Expression : new StructLiteral(declarations);
            declarations = [new Field(labels[i], value)];
        }

        return ParseResult.FromTree(new CueFile(null, declarations));
    }

    private static Expression ToExpression(ParseResult tree) =>
        tree.File.Declarations is [Embedding embedding] ? embedding.Expression : new StructLiteral(tree.File.Declarations);

    private static string CueText(Expression label) => Cue.Syntax.Formatting.CueFormatter.Format(label);

    private List<Expression> FindLabels(DataDocument document)
    {
        List<Expression> labels = [];
        CueValue? scope = null;
        foreach (var text in settings.Path)
        {
            if (text.EndsWith(':'))
            {
                labels.Add(ParseLabel(text));
                continue;
            }

            scope ??= new CueContext().Build(settings.WithContext ? WithContext(document) : document.Tree).Value;
            var value = scope.Evaluate(CueParser.ParseExpression("--path", text), out var errors);
            if (errors.Count > 0)
                throw new CommandException($"error evaluating label {text}: {errors[0].Message}");
            if (value!.Error is { } error)
                throw new CommandException($"error evaluating label {text}: {error.Message}");
            if (value.AsString() is not { } name)
                throw new CommandException($"invalid label {text}: {value} is no string");
            labels.Add(Quoted(name));
        }

        return labels;
    }

    private static Expression ParseLabel(string text)
    {
        var parsed = CueParser.ParseExpression("--path", text[..^1]);
        return parsed.Errors.Count == 0 && parsed.Expression is Identifier or BasicLiteral { Kind: TokenKind.String }
            ? parsed.Expression
            : throw new CommandException($"invalid label {text}");
    }

    private static ParseResult WithContext(DataDocument document) => ParseResult.FromTree(new CueFile(
        null,
        [
            new Field(Quoted("data"), ToExpression(document.Tree)),
            new Field(Quoted("filename"), Quoted(document.File)),
            new Field(Quoted("index"), Number(document.Index)),
            new Field(Quoted("recordCount"), Number(document.Count)),
        ]));

    private static BasicLiteral Quoted(string text) => new(default, TokenKind.String, Literals.Quote(text));

    private static BasicLiteral Number(int number) => new(default, TokenKind.Int, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
