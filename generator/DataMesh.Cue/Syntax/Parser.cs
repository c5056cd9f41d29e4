namespace DataMesh.Cue.Syntax;

internal sealed class Parser(SourceFile source, ParseOptions options)
{
    public ParseResult ParseFile()
    {
        _ = options;
        var position = new Position(source, 0);
        return new ParseResult(new CueFile(source, []), [new SyntaxError(position, "files are not parsed yet")]);
    }

    public ParseExpressionResult ParseSingleExpression()
    {
        var position = new Position(source, 0);
        return new ParseExpressionResult(new BadExpression(position, position), [new SyntaxError(position, "expressions are not parsed yet")]);
    }
}
