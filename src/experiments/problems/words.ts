export const names =
  "Emily Ben Ann Cy Tom Mia Leo Zoe Sam Ida Max Eva Jon Lily Omar Nora Paul Ruth Hugo Ella Finn Rosa Ivan June Carl Maya Otto Lena Noah Amy Dan Kate Luis Vera Adam Tina Raj Sue Eli Wendy Greg Hana Ken Olga Pete Gina Walt Fay Igor Tess".split(
    " ",
  );
export const goods =
  "apple orange pear banana plum lemon mango melon kiwi pen book cup ball hat toy cake pie mug lamp ticket".split(" ");
export const things =
  "marbles stamps coins cards shells beads stickers books pencils buttons cookies apples stones nuts eggs toys balls flowers badges photos".split(
    " ",
  );
export const holders = "bags boxes packs jars baskets trays tins".split(" ");
/** Everyday words for questions about letters. */
export const words =
  "strawberry banana letter coffee cherry mirror bottle pepper butter rabbit summer winter autumn spring garden window kitchen pocket basket button carrot tomato potato cabbage lettuce cinnamon mountain river valley island harbor bridge tunnel street market school teacher student doctor nurse farmer sailor soldier painter singer dancer writer reader history science music theater museum library picture camera mirror candle blanket pillow curtain carpet ladder hammer needle thread scissors feather whisper thunder lightning rainbow snowflake sunshine moonlight evening morning weekend holiday birthday journey passenger suitcase railroad airplane bicycle engine machine computer keyboard pencil notebook sentence paragraph question answer difference addition assembly balloon committee success necessary occasion address accident happiness kindness darkness goodness mississippi bookkeeper raccoon cappuccino".split(
    " ",
  );
