export const administration = {
  title: 'Amministrazione',
};
